import assert from "node:assert/strict";
import { test } from "node:test";
import { speak, t } from "../../../server/src/model/message.ts";

test("messages are English until a language is chosen, and where it says nothing", () => {
	assert.equal(t("{0} is not in the image", "app.py"), "app.py is not in the image");
	speak({ "{0} writes {1}": "{1} wird von {0} geschrieben" });
	assert.equal(t("{0} writes {1}", "entry.sh", "app.py"), "app.py wird von entry.sh geschrieben");
	assert.equal(t("{0} is not in the image", "app.py"), "app.py is not in the image");
	speak({});
	assert.equal(t("{0} writes {1}", "entry.sh", "app.py"), "entry.sh writes app.py");
});

test("what is put in is not read as a template", () => {
	assert.equal(t("{0} listens on {1}", "${PORT} {1}", 80), "${PORT} {1} listens on 80");
	assert.equal(t("${0} is only known at run time", "PORT"), "$PORT is only known at run time");
});
