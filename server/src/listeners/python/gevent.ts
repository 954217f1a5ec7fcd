import type { ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { endpointOf } from "./binding.ts";

const listener: ReadCall = (call) => endpointOf(call.positional[0] ?? call.keywords.get("listener") ?? call.keywords.get("addr"), call);

/**
 * gevent's servers take a tuple, a port or `host:port` (www.gevent.org, "gevent.baseserver"); so does `eventlet.listen`
 * a tuple (eventlet.readthedocs.io, "Convenience Functions").
 */
export const gevent: Technology = {
	name: "gevent",
	title: "gevent",
	calls: {
		python: {
			"gevent.pywsgi.WSGIServer": listener,
			"gevent.wsgi.WSGIServer": listener,
			"gevent.server.StreamServer": listener,
			"gevent.server.DatagramServer": (call) => endpointOf(call.positional[0] ?? call.keywords.get("listener"), call, "udp"),
			"geventwebsocket.WebSocketServer": listener,
			"geventwebsocket.server.WebSocketServer": listener,
			"eventlet.listen": listener,
			"cheroot.wsgi.Server": (call) => endpointOf(call.positional[0] ?? call.keywords.get("bind_addr"), call),
			"cheroot.wsgi.WSGIServer": (call) => endpointOf(call.positional[0] ?? call.keywords.get("bind_addr"), call),
			"cherrypy.wsgiserver.CherryPyWSGIServer": (call) => endpointOf(call.positional[0] ?? call.keywords.get("bind_addr"), call),
		},
	},
};
