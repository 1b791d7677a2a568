import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/**
 * Asks one graph many queries with Jena ARQ.
 *
 * Arguments: the graph (N-Triples), a folder of queries (*.rq), a folder for the answers (*.json: SPARQL JSON;
 * *.nt: the triples of a CONSTRUCT).
 */
public class Ask {
    public static void main(String[] arguments) throws Exception {
        Model graph = RDFDataMgr.loadModel(arguments[0]);
        List<Path> queries;
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            queries = files.sorted().collect(Collectors.toList());
        }
        for (Path file : queries) {
            Query query = QueryFactory.create(Files.readString(file));
            String suffix = query.isConstructType() ? ".nt" : ".json";
            Path answer = Path.of(arguments[2], file.getFileName().toString().replace(".rq", suffix));
            try (QueryExecution run = QueryExecutionFactory.create(query, graph);
                    OutputStream stream = Files.newOutputStream(answer)) {
                if (query.isConstructType()) {
                    RDFDataMgr.write(stream, run.execConstruct(), Lang.NTRIPLES);
                } else {
                    ResultSetFormatter.outputAsJSON(stream, run.execSelect());
                }
            }
        }
    }
}
