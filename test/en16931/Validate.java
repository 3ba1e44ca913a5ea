import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XsltExecutable;

/** Prints, for each XML file, the ids of the official rules of EN 16931 that it breaks: the file, a tab, ids. */
public class Validate {
  private static final String RULES = "external/schematron/1.3.16/";
  private static final String SVRL = "http://purl.oclc.org/dsdl/svrl";

  public static void main(String[] files) throws Exception {
    var processor = new Processor(false);
    var cii = compiled(processor, "cii/EN16931-CII-validation.xslt");
    var ubl = compiled(processor, "ubl/EN16931-UBL-validation.xslt");
    for (var file : files) {
      var isCii = Files.readString(Path.of(file)).contains("CrossIndustryInvoice:100");
      System.out.println(file + "\t" + String.join(",", broken(processor, isCii ? cii : ubl, file)));
    }
  }

  private static XsltExecutable compiled(Processor processor, String name) throws Exception {
    var resource = Validate.class.getClassLoader().getResource(RULES + name);
    return processor.newXsltCompiler().compile(new StreamSource(resource.openStream(), resource.toString()));
  }

  private static TreeSet<String> broken(Processor processor, XsltExecutable rules, String file) throws Exception {
    var transformer = rules.load();
    var result = new XdmDestination();
    transformer.setSource(new StreamSource(new File(file)));
    transformer.setDestination(result);
    transformer.transform();
    var ids = new TreeSet<String>();
    var xpath = processor.newXPathCompiler();
    xpath.declareNamespace("svrl", SVRL);
    for (var item : xpath.evaluate("//svrl:failed-assert", result.getXdmNode()))
      ids.add(((XdmNode) item).getAttributeValue(new QName("id")));
    return ids;
  }
}
