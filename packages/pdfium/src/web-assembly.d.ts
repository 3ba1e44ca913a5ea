/** What is used of WebAssembly, which stands with the types of browsers, not of Node. */
declare namespace WebAssembly {
  /** A compiled program; threads may share it. */
  class Module {
    private readonly program: unknown
  }
  class Instance {
    readonly exports: object
    constructor(program: Module, imports: object)
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
