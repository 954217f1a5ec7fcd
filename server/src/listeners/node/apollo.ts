import type { Technology } from "../technology.ts";
import { readListen } from "./nodeListen.ts";
import { readOptionsCall } from "./optionsCall.ts";

/**
 * Apollo Server: `startStandaloneServer(server, { listen: { port: 4000 } })` and, before version 4, `server.listen({ port: 4000 })`
 * (Apollo Server, API: `startStandaloneServer`, `listen`). GraphQL Yoga 1 starts on 4000 too.
 */
export const apollo: Technology = {
	name: "apollo",
	title: "Apollo Server",
	calls: {
		javascript: {
			"@apollo/server/standalone.startStandaloneServer": readOptionsCall({ at: [1], within: ["listen"], byDefault: "4000" }),
			"apollo-server.ApolloServer().listen": (call) => readListen(call, { port: "4000" }),
			"graphql-yoga.GraphQLServer().start": readOptionsCall({ at: [0], byDefault: "4000", anyAddress: "0.0.0.0" }),
		},
	},
};
