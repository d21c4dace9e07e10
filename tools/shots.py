#!/usr/bin/env python3
"""Plays the desk's stories through running nodes and keeps a picture of every screen: wide and narrow, light and dark,
in English, Bulgarian and Romanian, under build/shots, with a page that shows them side by side.
shots.py PROGRAM [STORY...]; LANGUAGES=en,bg,ro"""
import html
import json
import os
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[1]
folder = root / "build/shots"
stories = ["tour", "casework", "day", "need", "rights", "person", "sampling", "first_run"]
page = """<!doctype html><meta charset="utf-8"><title>Shots</title>
<style>body{font:14px sans-serif;margin:12px;background:#888}form{position:sticky;top:0;background:#fff;padding:8px}
label{margin-right:12px}main{display:flex;flex-wrap:wrap;gap:10px;align-items:start;margin-top:10px}
figure{margin:0}figcaption{background:#fff}img{display:block;width:100%}</style>
<form></form><main></main>
<script>
const shots = SHOTS, kinds = ['story', 'language', 'width', 'theme'], form = document.forms[0];
const asked = new URLSearchParams(location.hash.slice(1));
for (const kind of kinds) {
  const select = document.createElement('select');
  select.name = kind;
  for (const it of ['', ...new Set(shots.map((shot) => shot[kind]))]) select.add(new Option(it || 'any ' + kind, it));
  select.value = asked.get(kind) ?? '';
  form.append(select);
}
function draw() {
  const chosen = shots.filter((shot) => kinds.every((kind) => !form[kind].value || shot[kind] === form[kind].value));
  document.querySelector('main').replaceChildren(...chosen.map((shot) => {
    const figure = document.createElement('figure'), link = document.createElement('a'), image = document.createElement('img');
    figure.style.width = shot.width === '390' ? '240px' : '600px';
    image.src = link.href = shot.path;
    image.alt = shot.name;
    link.append(image);
    figure.append(Object.assign(document.createElement('figcaption'), { textContent: shot.story + ' ' + shot.name }), link);
    return figure;
  }));
}
form.onchange = draw;
draw();
</script>
"""


def play(program, story):
    place = folder / story
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    environment = dict(os.environ, COMITY_SHOTS=str(place), COMITY_SHOT_LANGUAGES=os.environ.get("LANGUAGES", "en,bg,ro"))
    return subprocess.run([sys.executable, root / f"tests/nodes/{story}.py", program], env=environment).returncode


def write_index():
    shots = []
    for file in sorted(folder.glob("*/*.png")):
        name, language, width, theme = (file.stem.split(".") + ["", "", ""])[:4]
        shots.append({"story": file.parent.name, "name": name, "language": language, "width": width, "theme": theme,
                      "path": html.escape(str(file.relative_to(folder)))})
    (folder / "index.html").write_text(page.replace("SHOTS", json.dumps(shots)))
    return len(shots)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    failed = [story for story in sys.argv[2:] or stories if play(program, story) != 0]
    print(f"{write_index()} pictures: {folder / 'index.html'}")
    if failed:
        sys.exit(f"did not end well: {', '.join(failed)}")


main()
