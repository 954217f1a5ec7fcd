import type { Argument, LibraryCall } from "../../source/program.ts";
import type { Endpoint, ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { endpointOf } from "./address.ts";

/** `net.Listen(network, address)`: the network says the protocol and the families. */
function readNetwork(network: number, address: number): ReadCall {
	return (call) => endpointOn(call.positional[network], call.positional[address], call);
}

function endpointOn(network: Argument | undefined, address: Argument | undefined, call: LibraryCall): Endpoint {
	const name = network?.kind === "known" ? network.text : undefined;
	if (name !== undefined && /^(unix|unixgram|unixpacket|ip|vsock)/.test(name)) return "nothing";
	const protocol = name?.startsWith("udp") ? "udp" : "tcp";
	const anyAddress = name?.endsWith("4") ? "0.0.0.0" : "::";
	if (address?.kind === "nothing" || address === undefined) return endpointOf(undefined, { port: "0", anyAddress, protocol }, call);
	return endpointOf(address, { port: "0", anyAddress, protocol }, call);
}

const byNetwork = readNetwork(0, 1);

const CALLS: Readonly<Record<string, ReadCall>> = {
	"net.Listen": byNetwork,
	"net.ListenTCP": byNetwork,
	"net.ListenPacket": byNetwork,
	"net.ListenUDP": byNetwork,
	"net.ListenMulticastUDP": readNetwork(0, 2),
	"net.ListenConfig{}.Listen": readNetwork(1, 2),
	"net.ListenConfig{}.ListenPacket": readNetwork(1, 2),
	"crypto/tls.Listen": byNetwork,
	"github.com/libp2p/go-reuseport.Listen": byNetwork,
	"github.com/kavu/go_reuseport.Listen": byNetwork,
	"github.com/valyala/fasthttp/reuseport.Listen": byNetwork,
	"github.com/cloudflare/tableflip.New().Listen": byNetwork,
	"github.com/coreos/go-systemd/activation.Listeners": () => "nothing",
};

/**
 * Sockets that a program opens itself (pkg.go.dev/net: Listen, ListenPacket), whatever is then served on them: gRPC, HTTP,
 * its own protocol.
 */
export const netListen: Technology = { name: "go-net", title: "net.Listen", calls: { go: CALLS } };
