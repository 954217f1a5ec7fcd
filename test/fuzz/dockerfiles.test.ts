/** Whole Dockerfiles, made of every instruction, with programs that they may copy: predictions, findings, fixes and all that an editor is told. */
import fc from "fast-check";
import { fuzz } from "../support/fuzz.ts";
import { dockerfiles } from "./generators/dockerfiles.ts";
import { sourceFiles } from "./generators/sources.ts";
import { checkProject, projectCases } from "./projectChecks.ts";

const projects = fc
	.tuple(dockerfiles, sourceFiles)
	.map(([text, files]) => ({ files: { ...files, Dockerfile: text }, subject: "Dockerfile" }));

fuzz("dockerfiles", projectCases(projects), checkProject, { runs: 40 });
