const express = require("express");

const app = express();
const port = process.env.PORT || 3000;

app.get("/", (request, response) => {
  response.send("Hello from Express\n");
});

app.listen(port, () => console.log(`listening on ${port}`));
