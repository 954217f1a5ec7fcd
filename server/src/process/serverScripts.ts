/**
 * Start scripts that images of servers bring along: nobody copies them, and the server's own technology knows what they
 * start. Tomcat, WildFly, Payara and GlassFish, Red Hat's OpenJDK images and fabric8's run-java, Keycloak, ZooKeeper, Kafka,
 * SQL Server.
 */
export const SERVER_SCRIPTS: ReadonlySet<string> = new Set([
	"catalina.sh",
	"startup.sh",
	"standalone.sh",
	"domain.sh",
	"run-java.sh",
	"startInForeground.sh",
	"kc.sh",
	"zkServer.sh",
	"kafka-server-start.sh",
	"launch_sqlservr.sh",
]);
