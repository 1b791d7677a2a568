import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;

/**
 * What Jena's SHACL says: of each `name.data.nt` in the folder, by `name.shapes.nt`, the report goes to
 * `name.jena.nt`, or why there is none to `name.jena.txt`.
 */
public class Jena {
    public static void main(String[] arguments) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.filter(one -> one.toString().endsWith(".data.nt")).sorted().collect(Collectors.toList());
        }
        for (Path data : files) {
            String name = data.toString().replace(".data.nt", "");
            try (OutputStream out = Files.newOutputStream(Path.of(name + ".jena.nt"))) {
                Graph shapes = RDFDataMgr.loadGraph(name + ".shapes.nt");
                Graph graph = RDFDataMgr.loadGraph(data.toString());
                RDFDataMgr.write(out, ShaclValidator.get().validate(shapes, graph).getGraph(), Lang.NTRIPLES);
            } catch (Exception error) {
                Files.writeString(Path.of(name + ".jena.txt"), error.toString());
            }
        }
    }
}
