from flask import Flask, render_template

app = Flask(__name__)


@app.route("/")
def index():
    return render_template("index.html", name="world")


@app.route("/health")
def health():
    return "ok"
