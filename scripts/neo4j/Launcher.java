import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.server.security.SecureHasher;
import org.neo4j.server.security.SystemGraphCredential;

/**
 * Runs one Neo4j server for the process that holds its standard input.
 *
 * Standard input: the home folder, "temporary" or "kept", the first password, one line each; the settings are in
 * {@code conf/neo4j.conf} of the home. Says {@code ready <port>} on standard output. The line {@code stop} ends the server;
 * so does the end of the input, which is also what a parent that dies leaves behind, and then a temporary home goes too.
 */
public final class Launcher {
  /** Seconds that an orderly shutdown may take before the process ends regardless; the store recovers from that. */
  private static final int PATIENCE = 60;

  public static void main(String[] arguments) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Path home = Path.of(input.readLine());
    boolean temporary = input.readLine().equals("temporary");
    setFirstPassword(home, input.readLine());
    DatabaseManagementService server = start(home);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    System.out.println("ready " + boltPort(server));
    boolean told = isToldToStop(input);
    haltAfter(PATIENCE);
    server.shutdown();
    if (temporary && !told) delete(home);
    // Not exit: threads of the server that linger would make it wait.
    Runtime.getRuntime().halt(0);
  }

  private static DatabaseManagementService start(Path home) {
    return new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("conf/neo4j.conf")).build();
  }

  /** What {@code neo4j-admin dbms set-initial-password} writes; that command takes the password as an argument. */
  private static void setFirstPassword(Path home, String password) throws IOException {
    if (Files.exists(home.resolve("data/databases/system"))) return;
    Path file = home.resolve("data/dbms/auth.ini");
    Files.createDirectories(file.getParent());
    byte[] secret = password.getBytes(StandardCharsets.UTF_8);
    String hashed = SystemGraphCredential.createCredentialForPassword(secret, new SecureHasher()).serialize();
    Files.writeString(file, "neo4j:" + hashed + ":\n");
  }

  private static int boltPort(DatabaseManagementService server) {
    GraphDatabaseAPI database = (GraphDatabaseAPI) server.database("neo4j");
    return database
        .getDependencyResolver()
        .resolveDependency(ConnectorPortRegister.class)
        .getLocalAddress(ConnectorType.BOLT)
        .getPort();
  }

  /** Waits for the line or for the end of the input: true for the line. */
  private static boolean isToldToStop(BufferedReader input) {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) if (line.equals("stop")) return true;
    } catch (IOException broken) {
      return false;
    }
    return false;
  }

  private static void haltAfter(int seconds) {
    Thread thread = new Thread(() -> {
      try {
        Thread.sleep(seconds * 1000L);
      } catch (InterruptedException ended) {
        return;
      }
      Runtime.getRuntime().halt(1);
    });
    thread.setDaemon(true);
    thread.start();
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
        Files.delete(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
