import os
import socket

from flask import Flask, request

app = Flask(__name__)

PAGE = (
    "<h3>Hello {name}!</h3>"
    "<b>Hostname:</b> {hostname}<br/>"
    "<b>Remote IP:</b> {remote_ip}"
)


@app.route("/")
def hello():
    return PAGE.format(
        name=os.environ.get("NAME", "world"),
        hostname=socket.gethostname(),
        remote_ip=request.remote_addr,
    )


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=80)
