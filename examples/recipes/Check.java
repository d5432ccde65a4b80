// Asks the service whether a picture will work as a talking portrait: LPD_API_KEY=… java Check.java http://127.0.0.1:8080 photo.jpg
// Java has no reader of JSON: the two members that decide are found by their names. Use the one of your project for more.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

public class Check {
    public static void main(String[] arguments) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(arguments[0] + "/v1/inspect"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + System.getenv("LPD_API_KEY"))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofFile(Path.of(arguments[1])))
            .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        var reason = answer.headers().firstValue("x-reason").orElse("pass");
        if (answer.statusCode() != 200) {
            System.out.println(reason + " " + answer.body());
            System.exit(2);
        }
        boolean passes = Pattern.compile("\"pass\"\\s*:\\s*true").matcher(answer.body()).find();
        var token = Pattern.compile("\"pass\"\\s*:\\s*false\\s*,\\s*\"reason\"\\s*:\\s*\"([a-z_.]+)\"").matcher(answer.body());
        System.out.println(token.find() ? token.group(1) : "pass");
        var advice = Pattern.compile("\"status\"\\s*:\\s*\"fail\"[^{}]*?\"advice\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(answer.body());
        while (advice.find()) System.out.println(advice.group(1).replace("\\\"", "\""));
        System.exit(passes ? 0 : 1);
    }
}
