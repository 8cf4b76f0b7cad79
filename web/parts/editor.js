// The mathematics editor: one MathLive field for each line of work. It alone holds what is being written; Python is told
// 150 ms after the last key, and puts other lines here only under a new revision.

const HOME = new URL("app/static/mathlive/", document.baseURI);
const QUIET_MS = 150;
const DRAFT = "tutor-draft";

const SHORTCUTS = {
  "*": "\\cdot", "<=": "\\le", ">=": "\\ge", "!=": "\\ne", "+-": "\\pm", "->": "\\to", "=>": "\\Rightarrow",
  "<=>": "\\Leftrightarrow", "~~": "\\approx", sqrt: "\\sqrt{#?}", pi: "\\pi", theta: "\\theta", alpha: "\\alpha",
  beta: "\\beta", lambda: "\\lambda", omega: "\\omega", Omega: "\\Omega", Delta: "\\Delta", mu: "\\mu",
  sin: "\\sin", cos: "\\cos", tan: "\\tan", ln: "\\ln", log: "\\log", infinity: "\\infty",
  arcsin: "\\arcsin", arccos: "\\arccos", arctan: "\\arctan", deg: { after: "digit+space", value: "\\degree" },
};

// Letters before a blank that are a word: short ones that students write, and longer ones that look like one.
const SHORT = new Set(
  ("so or and is to by if in of we the let as at be it on add get got has its are for then thus from with now not but " +
    "und oder also ist wenn dann sei da aus mit auf den die das wir ein eine gilt folgt").split(" "),
);
const NAMES = new Set(["sqrt", "alpha", "beta", "theta", "lambda", "omega", "gamma", "delta", "sigma", "epsilon"]);
const isWord = (run) =>
  SHORT.has(run.toLowerCase()) ||
  (run.length > 3 && !NAMES.has(run) && /[aeiouyäöü]/i.test(run) && /[^aeiouäöü]/i.test(run) && !/^[a-z]+[A-Z]/.test(run));

const KEYS = [
  ["\\frac{#@}{#?}", "a/b", "fraction"], ["#@^{#?}", "xⁿ", "power"], ["\\sqrt{#0}", "√", "root"], ["(#0)", "( )", "brackets"],
  ["\\times", "×", "times"], ["\\pm", "±", "plus_minus"], ["\\le", "≤", "at_most"], ["\\ge", "≥", "at_least"],
  ["\\ne", "≠", "unequal"], ["\\pi", "π", "pi"], ["\\degree", "°", "degree"], ["\\Rightarrow", "⇒", "follows"],
];

// A plain stroke: a fraction that takes what stands before it would make 100·(m/8)·s of 100 m/8 s. How the line is read
// is set below it, and the first key makes a fraction to fill in.
const SLASH = { label: "/", insert: "/", class: "big-op hide-shift" };

// On a phone: what school work needs, on one board.
const BOARD = {
  label: "123",
  rows: [
    ["x", "y", "[7]", "[8]", "[9]", SLASH, "(", ")", "#@^2", "[backspace]"],
    ["a", "b", "[4]", "[5]", "[6]", "[*]", "<", ">", "#@^{#?}", "\\sqrt{#0}"],
    ["n", "t", "[1]", "[2]", "[3]", "[-]", "\\le", "\\ge", "\\pm", "\\pi"],
    [{ label: " ", width: 2 }, "[0]", "[.]", "[=]", "[+]", "[left]", "[right]", { label: "[action]", width: 2 }],
  ],
};

// MathLive lets a long line run out of sight; here it goes on below, as students write sentences, too.
const WRAP = `
  .ML__content { overflow: visible !important; white-space: normal !important; }
  .ML__latex, .ML__base { display: inline !important; width: auto !important; white-space: normal !important; }
  .ML__text { white-space: pre-wrap !important; }
`;

let loading;
const mathlive = () =>
  (loading ??= import(new URL("mathlive.min.mjs", HOME).href).then(({ MathfieldElement }) => {
    MathfieldElement.fontsDirectory = new URL("fonts", HOME).href;
    MathfieldElement.soundsDirectory = null;
    MathfieldElement.plonkSound = null;
    MathfieldElement.keypressSound = null;
    window.mathVirtualKeyboard.layouts = [BOARD, "alphabetic", "symbols", "greek"];
    return MathfieldElement;
  }));

const editors = new WeakMap();
// What was last written in each piece of work: the page may build the editor anew before Python has been told.
const written = new Map();

class Editor {
  constructor(root, Mathfield, component) {
    this.Mathfield = Mathfield;
    this.root = root;
    this.list = root.querySelector("ol");
    this.said = "";
    this.labels = component.data.labels;
    this.draw_keys();
    const [red, green, blue] = getComputedStyle(root).color.match(/[\d.]+/g).map(Number);
    document.body.setAttribute("theme", red + green + blue > 384 ? "dark" : "light"); // for MathLive's keyboard
    const add = root.querySelector(".add");
    add.textContent = `+ ${this.labels.add}`;
    add.addEventListener("click", () => focus(this.insert(this.rows.length, "")));
    this.list.setAttribute("aria-label", this.labels.work);
    // Streamlit has keys of its own, such as r for a new run; what is typed here is not for it.
    root.addEventListener("keydown", (event) => event.stopPropagation());
    root.addEventListener("focusout", (event) => {
      if (!root.contains(event.relatedTarget)) this.tell(true);
    });
    window.mathVirtualKeyboard.addEventListener("geometrychange", () => this.make_room());
    root.addEventListener("paste", (event) => this.paste(event), true);
    window.addEventListener("pagehide", () => root.isConnected && this.store());
    this.update(component);
  }

  get rows() {
    return [...this.list.children];
  }

  field(place) {
    return this.list.children[place]?.querySelector("math-field");
  }

  place(field) {
    return this.rows.indexOf(field.closest("li"));
  }

  update(component) {
    this.component = component;
    const { name, revision, focus } = component.data;
    if (revision === this.revision) return;
    const mine = this.revision === undefined && (written.get(name) ?? this.restored());
    const kept = mine && mine.revision === revision;
    const lines = kept ? mine.lines : component.data.lines;
    this.revision = undefined; // a field that goes loses the focus: nothing is to be told meanwhile
    clearTimeout(this.timer);
    this.list.replaceChildren();
    for (const line of lines.length ? lines : [""]) this.insert(this.list.children.length, line, false);
    this.revision = revision;
    this.said = JSON.stringify(kept ? component.data.lines : this.lines());
    if (kept) {
      this.keep();
      this.tell(); // before the next button is pressed
      if (mine.place !== undefined && performance.now() - mine.at < 2000) {
        this.go(Math.min(mine.place, this.rows.length - 1), "end");
      }
    } else if (focus >= 0) this.go(Math.min(focus, this.rows.length - 1), "end");
  }

  lines() {
    return this.rows.map((row) => row.querySelector("math-field").getValue("latex-without-placeholders"));
  }

  changed() {
    clearTimeout(this.timer);
    this.keep();
    this.timer = setTimeout(() => this.tell(), QUIET_MS);
  }

  keep() {
    const field = this.root.querySelector("math-field:focus-within");
    written.set(this.component.data.name, {
      revision: this.revision, lines: this.lines(), place: field ? this.place(field) : undefined, at: performance.now(),
    });
  }

  // Of a guest nothing is kept on the server: what was written outlasts a reload in the tab itself, and ends with it.
  store() {
    const { keep } = this.component.data;
    if (keep) stored(JSON.stringify({ keep, at: location.search, lines: this.lines() }));
  }

  // Taken out, so that nobody who comes after in this tab finds it.
  restored() {
    const { keep, lines, revision } = this.component.data;
    const found = JSON.parse(stored() || "null");
    const same = found && keep === found.keep && found.at === location.search && !lines.some((line) => line);
    return same ? { revision, lines: found.lines, at: -Infinity } : undefined;
  }

  // left: the student goes on elsewhere on the page, which then has to be drawn with what was written.
  tell(left = false) {
    clearTimeout(this.timer);
    if (this.revision === undefined) return;
    const lines = this.lines();
    const now = JSON.stringify(lines);
    if (now === this.said) return;
    this.said = now;
    this.component.setStateValue("work", { revision: this.revision, lines, left });
  }

  insert(place, latex, tell = true) {
    const row = document.createElement("li");
    const number = document.createElement("span");
    number.className = "number";
    number.setAttribute("aria-hidden", "true");
    const field = new this.Mathfield();
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.textContent = "×";
    remove.addEventListener("click", () => this.remove(this.place(field)));
    row.append(number, field, remove);
    this.list.insertBefore(row, this.list.children[place] ?? null);
    const style = document.createElement("style");
    style.textContent = WRAP;
    field.shadowRoot.append(style);
    field.smartFence = false;
    field.mathModeSpace = "\\:";
    field.inlineShortcuts = SHORTCUTS;
    field.popoverPolicy = "off";
    field.environmentPopoverPolicy = "off";
    field.menuItems = [];
    field.keybindings = field.keybindings.filter((each) => each.key !== "/"); // see SLASH
    field.smartSuperscript = false; // it would leave x^12 after the 1
    field.setValue(latex, { silenceNotifications: true });
    field.addEventListener("keydown", (event) => this.key(event, field), true);
    field.addEventListener("beforeinput", (event) => {
      if (event.inputType !== "insertLineBreak") return;
      event.preventDefault();
      this.split(field);
    });
    field.addEventListener("input", () => {
      words(field);
      this.changed();
    });
    field.addEventListener("move-out", (event) => {
      const { direction } = event.detail;
      const to = this.place(field) + (direction === "upward" || direction === "backward" ? -1 : 1);
      if (to < 0 || to >= this.rows.length) return;
      event.preventDefault();
      this.go(to, direction === "forward" ? "start" : "end");
    });
    this.number();
    if (tell) this.changed();
    return field;
  }

  number() {
    this.rows.forEach((row, place) => {
      const line = String(place + 1);
      row.querySelector(".number").textContent = line;
      const field = row.querySelector("math-field");
      field.setAttribute("aria-label", this.labels.line.replace("{line}", line));
      field.dataset.testid = `line-${line}`;
      const remove = row.querySelector(".remove");
      remove.setAttribute("aria-label", this.labels.remove.replace("{line}", line));
      remove.hidden = this.rows.length === 1;
    });
  }

  go(place, end) {
    const field = this.field(place);
    focus(field);
    field.position = end === "start" ? 0 : field.lastOffset;
    field.closest("li").scrollIntoView({ block: "nearest" });
  }

  remove(place) {
    if (this.rows.length === 1) this.field(0).setValue("", { silenceNotifications: true });
    else this.list.children[place].remove();
    this.number();
    this.go(Math.max(place - 1, 0), "end");
    this.changed();
  }

  // The on-screen keyboard lies over the page: let the page end above it, and the line that is written stay in sight.
  make_room() {
    if (!this.root.isConnected) return;
    const high = `${window.mathVirtualKeyboard.boundingRect.height}px`;
    this.root.style.setProperty("--keyboard", high);
    const page = document.querySelector("[data-testid=stMain]");
    if (page) page.style.paddingBottom = high;
    this.root.querySelector("li:focus-within")?.scrollIntoView({ block: "nearest" });
  }

  // Enter: what stands after the caret goes to a line of its own.
  split(field) {
    word(field);
    const { position, lastOffset } = field;
    let rest = "";
    if (position < lastOffset && depth(field) === 0) {
      rest = field.getValue(position, lastOffset, "latex");
      field.setValue(field.getValue(0, position, "latex"), { silenceNotifications: true });
    }
    this.insert(this.place(field) + 1, rest);
    this.go(this.place(field) + 1, "start");
  }

  join(field) {
    const place = this.place(field);
    const before = this.field(place - 1);
    const at = before.lastOffset;
    before.setValue(before.getValue() + field.getValue(), { silenceNotifications: true });
    this.list.children[place].remove();
    this.number();
    focus(before);
    before.position = at;
    this.changed();
  }

  key(event, field) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = this.place(field);
    const take = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (event.key === "Enter") {
      take();
      this.split(field);
    } else if (event.key === "Backspace" && field.selectionIsCollapsed && field.position === 0 && place > 0) {
      take();
      if (field.getValue()) this.join(field);
      else this.remove(place);
    } else if (event.key === " " && field.mode === "math" && depth(field) > 0) {
      const { said, owner } = around(field);
      if (said && !opened(said)) field.executeCommand("moveAfterParent");
      if (!said || opened(said) || !NUMBER.test(owner)) take(); // else a unit may follow: 10^3 m
    } else if (event.key === ")" && field.mode === "math" && depth(field) > 0) {
      // The bracket of sqrt( or x^( ends the root or the power, and is not needed in it.
      const { start, said, owner, last } = around(field);
      if (!last || !/^\^|^_.*\^|^\\sqrt/.test(owner) || !said.startsWith("(") || opened(said) !== 1) return;
      take();
      cut(field, start, start + 1);
      field.executeCommand("moveAfterParent");
      this.changed();
    } else if (/^[-+*/^(,;A-Za-z]$/.test(event.key) && field.mode === "math" && depth(field) > 0) {
      // An index ends before a sign, a power that is a number before a letter, too.
      const { owner, last } = around(field);
      const ends = NUMBER.test(owner) || (/^_(?:\w|\{[^{}]+\})$/.test(owner) && !/\w/.test(event.key));
      if (last && ends) field.executeCommand("moveAfterParent");
    } else if (/^[=<>≤≥]$/.test(event.key) && depth(field) > 0) {
      // A relation is about the whole line, not about the fraction or power that the caret is still in.
      for (let tries = 0; tries < 9 && depth(field) > 0; tries += 1) field.executeCommand("moveAfterParent");
    } else if (event.key === "Tab") {
      event.stopImmediatePropagation(); // to the next thing on the page, as everywhere
      if (depth(field) === 0) word(field);
    }
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const field = event.composedPath().find((node) => node.tagName === "MATH-FIELD");
    if (!field || !text.trim()) return;
    const alone = !text.trim().includes("\n") && !text.includes("\\\\");
    if (alone && (field.getValue() || text.length < 2)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(this.timer);
    this.said = "";
    this.component.setStateValue("pasted", {
      number: Date.now(), revision: this.revision, text, place: this.place(field), lines: this.lines(),
    });
  }

  draw_keys() {
    const keys = this.root.querySelector(".keys");
    keys.setAttribute("aria-label", this.labels.keys);
    for (const [latex, shown, name] of KEYS) {
      const key = document.createElement("button");
      key.type = "button";
      key.dataset.sign = shown; // drawn by the style: the name alone is read out
      key.title = this.labels[name];
      key.setAttribute("aria-label", this.labels[name]);
      key.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      key.addEventListener("click", () => {
        const field = this.root.querySelector("math-field:focus-within") ?? this.last ?? this.field(this.rows.length - 1);
        if (!field.hasFocus()) field.focus();
        if (field.mode === "text") field.executeCommand(["switchMode", "math"]);
        field.insert(latex, { focus: true, selectionMode: "placeholder" });
      });
      key.tabIndex = keys.children.length ? -1 : 0; // one stop for Tab, the arrow keys go on
      keys.append(key);
    }
    keys.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...keys.children];
      all[(all.indexOf(event.target) + step + all.length) % all.length].focus();
    });
    this.root.addEventListener("focusin", (event) => {
      const field = event.composedPath().find((node) => node.tagName === "MATH-FIELD");
      if (field) this.last = field;
    });
  }
}

// What the tab keeps, and from here on; nothing where the browser keeps nothing.
function stored(next = "") {
  try {
    const before = sessionStorage.getItem(DRAFT);
    sessionStorage.setItem(DRAFT, next);
    return before;
  } catch {
    return "";
  }
}

// MathLive's own focus() comes a moment later, and the next key would still go to the line before.
const focus = (field) => (field.shadowRoot?.querySelector("[part=keyboard-sink]") ?? field).focus();
const depth = (field) => field.getElementInfo(field.position)?.depth ?? 0;
const piece = (field, from, to) => field.getValue(from, to, "latex");
const SIGN = /^(?:[-+*/=<>]|\\(?:cdot|times|pm))$/; // u + at: no word
const LETTER = /^(?:[A-Za-zÄÖÜäöüß]|\\(?:sin|cos|tan|ln|log|pi|mu|beta|theta|alpha|arcsin|arccos|arctan)) ?$/;

// Of the root, power or fraction that the caret is in: where its part begins, what that says up to the caret, the whole
// of it in LaTeX, and whether the caret is at its end.
function around(field) {
  const deep = depth(field);
  const at = field.position;
  const depth_at = (place) => field.getElementInfo(place)?.depth ?? 0;
  let start = at;
  while (start > 0 && depth_at(start - 1) >= deep) start -= 1;
  let end = at;
  while (end < field.lastOffset && depth_at(end) >= deep) end += 1;
  const said = piece(field, start, at).replace("\\placeholder{}", "");
  return { start, said, owner: piece(field, start - 1, end), last: end === at + 1 };
}
const NUMBER = /\^(?:\{-?[\d.,{}]*\d\}|\d)$/; // a power that is one
const opened = (said) => said.split("(").length - said.split(")").length;

// The letters before the caret that make a word become text; whether they did.
function word(field, from = field.position) {
  if (field.mode !== "math" || !field.selectionIsCollapsed) return false;
  let start = from;
  let run = "";
  while (start > 0) {
    const before = piece(field, start - 1, start);
    if (!LETTER.test(before)) break;
    run = before.trim().replace("\\", "") + run;
    start -= 1;
  }
  if (!isWord(run) || (run.length < 3 && start > 0 && SIGN.test(piece(field, start - 1, start).trim()))) return false;
  const blank = from < field.position;
  field.selection = { ranges: [[start, field.position]], direction: "forward" };
  field.insert(`\\text{${run}${blank ? " " : ""}}`, { selectionMode: "after", silenceNotifications: true });
  if (blank) field.executeCommand(["switchMode", "text"]);
  return true;
}

// After each key: words become text when their blank is typed, mathematics in text becomes mathematics again.
function words(field) {
  if (!field.selectionIsCollapsed || depth(field) > 0) return;
  const at = field.position;
  if (at < 1) return;
  if (field.mode === "math") {
    const last = piece(field, at - 1, at).trim();
    const before = at > 1 ? piece(field, at - 2, at - 1).trim() : "";
    if (last === "\\:") {
      if (word(field, at - 1)) return;
      if (!(at > 1 && !before) && !/[\w)}!°%\]]$/.test(before) || before === "\\:" || /^\\(?:cdot|le|ge|ne|pm|to|Rightarrow|approx)$/.test(before)) cut(field, at - 1, at);
    } else if (before === "\\:" && /^(?:[-=+<>*/^,.;:!)|]|\\(?:cdot|le|ge|ne|pm|to|Rightarrow|Leftrightarrow|approx|lt|gt))$/.test(last)) {
      cut(field, at - 2, at - 1);
      field.position = at - 1;
    }
    return;
  }
  const text = plain(piece(field, 0, at));
  const found = /(?:^|\s)((?:\(?-?\d|[=<>≤≥+√(]|[A-Za-z]\s?[=<>^+*/(]))$/.exec(text);
  if (!found || (found[1] === "(" && !/[=\d]$/.test(text.slice(0, -1).trim()))) return;
  const typed = found[1];
  field.selection = { ranges: [[at - typed.length, at]], direction: "forward" };
  field.executeCommand("deleteBackward");
  field.executeCommand(["switchMode", "math"]);
  for (const sign of typed.replace(/\s/g, "")) field.executeCommand(["typedText", sign]);
}

const plain = (latex) =>
  latex
    .replace(/\\textasciicircum(?:\{\}| ?)/g, "^")
    .replace(/\\text\{((?:[^{}\\]|\\.)*)\}/g, "$1");

function cut(field, from, to) {
  const back = field.position;
  field.selection = { ranges: [[from, to]], direction: "forward" };
  field.executeCommand("deleteBackward");
  field.position = Math.min(from, back);
}

export default function (component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".work");
  if (!root) return;
  const editor = editors.get(root);
  if (editor) {
    editor.update(component);
    return;
  }
  const waiting = root.querySelector(".waiting");
  waiting.textContent = data.labels.loading;
  mathlive().then(
    (Mathfield) => {
      if (editors.has(root)) return;
      waiting.remove();
      editors.set(root, new Editor(root, Mathfield, component));
      root.classList.add("ready");
    },
    () => (waiting.textContent = data.labels.failed),
  );
}
