import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Says of each file whether it follows PDF/A-2b, and which rules it breaks. Ends with 1 when one does not. */
public class Validate {
  private static final int MOST_FAILURES = 100_000;

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var bad = 0;
    for (var file : files) if (!holds(file)) bad++;
    System.out.println((files.length - bad) + " of " + files.length + " follow PDF/A-2b");
    System.exit(bad > 0 ? 1 : 0);
  }

  private static boolean holds(String file) throws Exception {
    var flavour = PDFAFlavour.PDFA_2_B;
    var foundry = Foundries.defaultInstance();
    try (var data = new FileInputStream(file); var parser = foundry.createParser(data, flavour)) {
      var result = foundry.createValidator(flavour, MOST_FAILURES, false, false, false).validate(parser);
      if (result.isCompliant()) return true;
      System.out.println(file);
      var broken = new TreeMap<String, String>();
      for (var each : result.getTestAssertions())
        broken.putIfAbsent(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber(),
            each.getMessage() + " (" + each.getLocation().getContext() + ")");
      broken.forEach((rule, message) -> System.out.println("  " + rule + " " + message));
      return false;
    }
  }
}
