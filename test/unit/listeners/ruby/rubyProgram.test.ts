import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const app = (text: string) => ({ "app.rb": text });

describe("sinatra", () => {
	check("defaults", "ruby app.rb", { files: app('require "sinatra"\nget("/") { "x" }'), listens: ["127.0.0.1:4567 default PORT"] });
	check("settings", "ruby app.rb", {
		files: app('require "sinatra"\nset :bind, "0.0.0.0"\nset :port, 8080'),
		listens: ["0.0.0.0:8080 certain"],
	});
	check("settings in a block", "ruby app.rb", {
		files: app('require "sinatra"\nconfigure do\n  set :bind, "0.0.0.0"\n  set port: ENV.fetch("PORT", 80).to_i\nend'),
		listens: ["0.0.0.0:80 default PORT"],
	});
	check("flags", "ruby app.rb -o 0.0.0.0 -p 81", { files: app('require "sinatra"'), listens: ["0.0.0.0:81 certain"] });
	check("in production", "ruby app.rb", {
		files: app('require "sinatra"'),
		environment: { APP_ENV: "production", PORT: "9000" },
		listens: ["0.0.0.0:9000 certain"],
	});
	check("a modular application", "ruby app.rb", {
		files: app('require "sinatra/base"\nclass App < Sinatra::Base\n  set :port, 82\n  set :bind, "0.0.0.0"\n  run! if app_file == $0\nend'),
		listens: ["0.0.0.0:82 certain"],
	});
	check("run! with options", "ruby app.rb", {
		files: app('require "sinatra/base"\nclass App < Sinatra::Base\nend\nApp.run! host: "0.0.0.0", port: 83 if __FILE__ == $0'),
		listens: ["0.0.0.0:83 certain"],
	});
	check("does not run", "ruby app.rb", {
		files: app('require "sinatra/base"\nclass App < Sinatra::Base\nend'),
		gaps: ["no listening call found in app.rb"],
	});
});

describe("sockets", () => {
	check("TCPServer", "ruby app.rb", {
		files: app('require "socket"\nserver = TCPServer.new("127.0.0.1", Integer(ENV["PORT"] || 2000))\nloop { server.accept }'),
		listens: ["127.0.0.1:2000 default PORT"],
		evidence: ["Dockerfile:10", "app.rb:2"],
	});
	check("TCPServer without an address", "ruby app.rb", {
		files: app('require "socket"\nTCPServer.new 2000'),
		listens: ["0.0.0.0:2000 certain"],
	});
	check("UDPSocket", "ruby app.rb", {
		files: app('require "socket"\ns = UDPSocket.new\ns.bind("0.0.0.0", 514)'),
		listens: ["0.0.0.0:514/udp certain"],
	});
	check("WEBrick", "ruby app.rb", {
		files: app('require "webrick"\ns = WEBrick::HTTPServer.new(Port: 8000, DocumentRoot: ".")\ns.start'),
		listens: ["0.0.0.0:8000 certain"],
	});
	check("a Rack handler", "ruby app.rb", {
		files: app('require "rack"\nRack::Handler::Puma.run(App, Port: ENV.fetch("PORT") { 8080 }, Host: "0.0.0.0")'),
		listens: ["0.0.0.0:8080 default PORT"],
	});
	check("gRPC", "ruby app.rb", {
		files: app(
			'require "grpc"\ndef main\n  port = ENV.fetch("PORT", "8080")\n  s = GRPC::RpcServer.new\n  s.add_http2_port("0.0.0.0:#{port}", :this_port_is_insecure)\n  s.run_till_terminated\nend\nmain',
		),
		listens: ["0.0.0.0:8080 default PORT"],
	});
	check("options of the command", "ruby app.rb --port 99", {
		files: app(
			'require "optparse"\nrequire "socket"\noptions = { port: 1 }\nOptionParser.new do |o|\n  o.on("-p", "--port PORT", Integer) { |v| options[:port] = v }\nend.parse!\nTCPServer.new(options[:port])',
		),
		listens: ["0.0.0.0:99 certain"],
	});
	check("a default of the command", "ruby app.rb", {
		files: app(
			'require "optparse"\nrequire "socket"\noptions = { port: 1 }\nOptionParser.new do |o|\n  o.on("-p", "--port PORT", Integer) { |v| options[:port] = v }\nend.parse!\nTCPServer.new(options[:port])',
		),
		listens: ["0.0.0.0:1 default --port"],
	});
	check("classes and files of the program", "ruby app.rb", {
		files: {
			...app(
				'require "socket"\nrequire_relative "lib/config"\nclass Server\n  def initialize(config)\n    @config = config\n  end\n  def run\n    TCPServer.new(@config.port)\n  end\nend\nServer.new(Config.new).run',
			),
			"lib/config.rb":
				"class Config\n  DEFAULT = 7000\n  attr_reader :port\n  def initialize\n    @port = (ENV['APP_PORT'] || DEFAULT).to_i\n  end\nend",
		},
		listens: ["0.0.0.0:7000 default APP_PORT"],
	});
	check("a client is quiet", "ruby app.rb", { files: app('require "net/http"\nputs Net::HTTP.get("example.com", "/", 80)'), listens: [] });
	check("unknown libraries", "ruby app.rb", { files: app('require "mystery"\nMystery.go'), gaps: ["no listening call found in app.rb"] });
	check("code on the command line", "ruby -e puts", { gaps: ["the program is given with ruby -e"] });
});

describe("a program that starts another one", () => {
	check("exec", "ruby app.rb", { files: app('exec "bundle", "exec", "puma", "-p", "3001"'), listens: ["0.0.0.0:3001 certain"] });
	check("exec of a line", "ruby app.rb", { files: app('exec("puma -p 3002")'), listens: ["0.0.0.0:3002 certain"] });
	check("exec with a variable for it", "ruby app.rb", {
		files: app('exec({ "PORT" => "3003" }, "bin/rails", "server", "-b", "::", *ARGV)'),
		listens: ["[::]:3003 certain"],
	});
	check("spawn", "ruby app.rb", {
		files: app('pid = Process.spawn("redis-server --port 6380")\nProcess.wait pid'),
		listens: ["0.0.0.0:6380 certain"],
	});
	check("a worker", "ruby app.rb", { files: app('exec "sidekiq"'), listens: [] });
	check("words out of view", "ruby app.rb", {
		files: app('require "yaml"\nYAML.load_file("Procfile").each { |_, line| spawn line }'),
		gaps: ["no listening call found in app.rb"],
	});
	check("a method that nobody is seen to call", "ruby app.rb", {
		files: app("class One\n  def start\n    Process.spawn(@line)\n  end\nend"),
		gaps: ["no listening call found in app.rb"],
	});
	check("Thruster before a script of the image", "thrust bin/start", {
		files: { "bin/start": "#!/bin/sh\nrm -f tmp/pids/server.pid\nexec bin/rails server -b 0.0.0.0\n" },
		listens: ["[::]:80 convention", "0.0.0.0:3000 certain"],
	});
	check("Thruster before something unknown", "thrust bin/start", {
		listens: ["[::]:80 convention"],
		gaps: ["nothing is known about start"],
	});
});
