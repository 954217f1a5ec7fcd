import { describe } from "node:test";
import { valueChecks } from "../../../support/values.ts";

const check = valueChecks("javascript");

describe("a condition inside another on the same variable", () => {
	const program = `function port() {
  if (process.env.PORT !== undefined) {
    const given = Number(process.env.PORT);
    if (process.env.PORT === undefined || given < 0) return 1;
    return given;
  }
  return 80;
}
show(port())`;
	check("what holds while it is not set does not hold where it is", program, { is: ["PORT=80"] });
	check("set", program, { environment: { PORT: "8000" }, is: ["8000"] });
});

describe("a turn of a loop that ends on a variable", () => {
	const program = `let port = 80;
for (const name of ["A", "B"]) {
  if (!process.env[name]) continue;
  port = Number(process.env[name]);
  break;
}
show(port)`;
	check("as it does while nobody sets it", program, { is: ["80"] });
	check("set", program, { environment: { B: "8000" }, is: ["8000"] });
});
