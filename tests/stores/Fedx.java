import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.eclipse.rdf4j.federated.FedXConfig;
import org.eclipse.rdf4j.federated.FedXFactory;
import org.eclipse.rdf4j.query.GraphQuery;
import org.eclipse.rdf4j.query.Query;
import org.eclipse.rdf4j.query.TupleQuery;
import org.eclipse.rdf4j.query.resultio.sparqljson.SPARQLResultsJSONWriter;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.rio.ntriples.NTriplesWriter;

/** FedX as a SPARQL server: its port, the seconds a query may take, then the addresses of its members. */
public class Fedx {
    public static void main(String[] arguments) throws Exception {
        List<String> members = List.of(arguments).subList(2, arguments.length);
        FedXConfig config = new FedXConfig().withEnforceMaxQueryTime(Integer.parseInt(arguments[1]));
        Repository federation = FedXFactory.newFederation().withSparqlEndpoints(members).withConfig(config).create();
        HttpServer server = HttpServer.create(
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> answer(exchange, federation));
        server.start();
    }

    static void answer(HttpExchange exchange, Repository federation) throws java.io.IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = 200;
        try (RepositoryConnection connection = federation.getConnection()) {
            String text = URLDecoder.decode(form.replaceFirst("^query=", ""), StandardCharsets.UTF_8);
            Query query = connection.prepareQuery(text);
            if (query instanceof GraphQuery) {
                exchange.getResponseHeaders().add("Content-Type", "application/n-triples");
                ((GraphQuery) query).evaluate(new NTriplesWriter(out));
            } else {
                exchange.getResponseHeaders().add("Content-Type", "application/sparql-results+json");
                ((TupleQuery) query).evaluate(new SPARQLResultsJSONWriter(out));
            }
        } catch (Throwable failure) {
            status = 400;
            out.reset();
            out.writeBytes(String.valueOf(failure).getBytes(StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(status, out.size() == 0 ? -1 : out.size());
        exchange.getResponseBody().write(out.toByteArray());
        exchange.close();
    }
}
