/** Servers and launchers with their files: nginx, supervisord, Procfiles, s6, YAML, TOML, ini, .env, .dockerignore and all that is read. */
import { fuzz } from "../support/fuzz.ts";
import { projects } from "./generators/projects.ts";
import { seedsOf } from "./generators/seeds.ts";
import { checkProject, projectCases } from "./projectChecks.ts";

const seeds = await seedsOf(
	"listeners/servers",
	"listeners/php",
	"listeners/jvm",
	"listeners/dotnet",
	"process",
	"shell",
	"context",
	"verdict",
	"features",
);

fuzz(
	"configurations",
	projectCases(projects(seeds.filter((seed) => seed.kind !== "project" || !seed.path.startsWith("compose")))),
	checkProject,
	{ runs: 40 },
);
