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
    public static void main(String[] arguments) {
        var key = System.getenv("LPD_API_KEY");
        if (arguments.length != 2 || key == null || key.isEmpty()) {
            System.out.println("usage: LPD_API_KEY=<key> java Check.java <address of the service> <picture>");
            System.exit(2);
        }
        try {
            System.exit(check(arguments[0], Path.of(arguments[1]), key));
        } catch (Exception error) {
            // Java's own exit code is 1, which would be a refusal.
            System.out.println(error);
            System.exit(2);
        }
    }

    static int check(String service, Path picture, String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service + "/v1/inspect"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofFile(picture))
            .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        boolean passes = Pattern.compile("\"pass\"\\s*:\\s*true").matcher(answer.body()).find();
        var token = Pattern.compile("\"pass\"\\s*:\\s*false\\s*,\\s*\"reason\"\\s*:\\s*\"([a-z_.]+)\"").matcher(answer.body());
        boolean isRefused = token.find();
        if (answer.statusCode() != 200 || !(passes || isRefused)) {
            System.out.println(answer.headers().firstValue("x-reason").orElse("") + " " + answer.body());
            return 2;
        }
        System.out.println(isRefused ? token.group(1) : "pass");
        var advice = Pattern.compile("\"status\"\\s*:\\s*\"fail\"[^{}]*?\"advice\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(answer.body());
        while (advice.find()) System.out.println(advice.group(1).replace("\\\"", "\""));
        return isRefused ? 1 : 0;
    }
}
