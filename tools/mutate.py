#!/usr/bin/env python3
"""tools/mutate.py [FILE...]: does some test see it when a rule of the law is changed?

Writes a copy of src/treaty in which every comparison, every constant, every `all`, `any` and `!` can
be changed by a number in the environment, builds it once with its tests, and runs the tests once for
each number. Prints every change that no test saw; the exit status is 1 when there is one.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "mutate"
RULES = ["general/*.cpp", "chapter*/*.cpp", "chapter*/*.h", "deadline.h", "deadline.cpp", "truth.h", "party.h", "party.cpp", "pair.cpp",
         "view.h", "law.cpp", "law.h", "decision.cpp"]
FLAGS = ["-std=c++23", "-O1", "-w", "-D_GLIBCXX_ASSERTIONS", "-DBOOST_JSON_DYN_LINK", "-DBOOST_CONTAINER_DYN_LINK", "-DFMT_SHARED",
         "-DHAS_STRING_VIEW=1", "-DONLY_C_LOCALE=1", "-DUSE_OS_TZDB=1"]
LIBRARIES = ["-lgtest_main", "-lgtest", "-lboost_json", "-lboost_container", "-lfmt", "-ldate-tz", "-lpthread"]

SWITCH = r"""#pragma once
#include <compare>
#include <cstdlib>
#include <initializer_list>
#include <type_traits>
/// Which one change is made in this run.
namespace mut {
inline int active()
{
    static int const number = [] {
        auto const* text = std::getenv("COMITY_MUTANT");
        return text ? std::atoi(text) : 0;
    }();
    return number;
}
constexpr bool on(int id)
{
    if (std::is_constant_evaluated()) return false;
    return active() == id;
}
struct Op { int id; };
template <class A> struct Left { A const& value; Op op; };
template <class A> constexpr Left<A> operator<(A const& a, Op op) { return { a, op }; }
template <class A> constexpr Left<A> operator<=(A const& a, Op op) { return { a, op }; }
template <class A> constexpr Left<A> operator>(A const& a, Op op) { return { a, op }; }
template <class A> constexpr Left<A> operator>=(A const& a, Op op) { return { a, op }; }
template <class A> constexpr Left<A> operator==(A const& a, Op op) { return { a, op }; }
template <class A> constexpr Left<A> operator!=(A const& a, Op op) { return { a, op }; }
template <class A, class B> constexpr bool operator<(Left<A> l, B const& b) { return on(l.op.id) ? l.value <= b : l.value < b; }
template <class A, class B> constexpr bool operator<=(Left<A> l, B const& b) { return on(l.op.id) ? l.value < b : l.value <= b; }
template <class A, class B> constexpr bool operator>(Left<A> l, B const& b) { return on(l.op.id) ? l.value >= b : l.value > b; }
template <class A, class B> constexpr bool operator>=(Left<A> l, B const& b) { return on(l.op.id) ? l.value > b : l.value >= b; }
template <class A, class B> constexpr bool operator==(Left<A> l, B const& b) { return on(l.op.id) ? !(l.value == b) : l.value == b; }
template <class A, class B> constexpr bool operator!=(Left<A> l, B const& b) { return on(l.op.id) ? l.value == b : !(l.value == b); }
template <class T> constexpr T number(int id, T value) { return on(id) ? static_cast<T>(value + 1) : value; }
/// Of what is set before main: never folded by the compiler.
inline int late(int id, int value) { return active() == id ? value + 1 : value; }
constexpr bool flag(int id, bool value) { return on(id) ? !value : value; }
template <class E> constexpr E word(int id, E value)
{
    return on(id) ? static_cast<E>(static_cast<int>(value) + 1) : value;
}
template <class E> constexpr E either(int id, E value, E other) { return on(id) ? other : value; }
template <class T> constexpr T same_or_not(int id, T value) { return on(id) ? !value : value; }
}
"""
LOGIC = r"""
namespace comity::treaty {
constexpr Truth all_or_any(int id, std::initializer_list<Truth> truths) { return mut::on(id) ? any(truths) : all(truths); }
constexpr Truth any_or_all(int id, std::initializer_list<Truth> truths) { return mut::on(id) ? all(truths) : any(truths); }
}
"""

# A member's first value, which every builder of the struct sets.
MEMBER = re.compile(r"^    \w[\w:<> ]* \w+ = [\w:]+;")

CODE = re.compile(r'R"\(.*?\)"|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'|//[^\n]*|/\*.*?\*/', re.S)
COMPARISON = re.compile(r" (<=|>=|==|!=|<|>) ")
NUMBER = re.compile(r"(?<![\w.\[<:'])\d+(?![\w.\]>'])")
WORD = re.compile(r"(?<=, )([A-Z]\w+::[a-z]\w+)(?= ?\))")
NOT = re.compile(r"!(?=view\.)")
# Lines whose value the compiler needs: no run can change them, and other tests hold them still.
FIXED = re.compile(r"static_assert|operator|^\s*(inline )?constexpr (std|int|auto|bool|unsigned|Date|Provision|SourceId)"
                   r"|#|template|BOOST_|\.measures|\bcase\b|std::array<|reserve\(|enum ")


OTHERS = {"Rounding::down": "Rounding::up", "Rounding::up": "Rounding::down",
          "Calendar::requesting": "Calendar::depositary", "Calendar::requested": "Calendar::depositary",
          "Calendar::depositary": "Calendar::requesting",
          "Ends::by_its_end": "Ends::at_its_start", "Ends::at_its_start": "Ends::by_its_end"}


class Mutants:
    def __init__(self):
        self.found = []

    def new(self, file, line, what):
        self.found.append((file, line, what))
        return len(self.found)


def closing(text, start):
    depth = 0
    for at in range(start, len(text)):
        depth += text[at] == "("
        depth -= text[at] == ")"
        if depth == 0:
            return at
    raise ValueError("unbalanced brackets")


def hide(text):
    """The same text with comments and literals blanked, so that nothing in them is taken for code."""
    return CODE.sub(lambda m: re.sub(r"[^\n]", "\x01", m[0]), text)


def rule_functions(text):
    """Without the tables of provisions: another test holds them against a table of conditions."""
    cut = re.search(r"^constexpr Provision \w+\[\] \{", text, re.M)
    return cut.start() if cut else len(text)


def instrument(name, text, mutants):
    shown = hide(text)
    edits = []  # (start, end, replacement); never overlapping
    end_of_rules = rule_functions(shown)
    chapter = name.startswith(("chapter", "general"))
    terms = [(m.start(), m.end()) for m in re.finditer(r"inline constexpr Term .*?;\n", shown, re.S)]
    offset = 0
    fixed = previous_open = False
    for number, line in enumerate(shown.splitlines(keepends=True), 1):
        start, offset = offset, offset + len(line)
        if start >= end_of_rules:
            break
        in_term = any(a <= start < b for a, b in terms)
        if in_term:
            for m in NUMBER.finditer(line):
                id_ = mutants.new(name, number, f"{m[0]} -> {int(m[0]) + 1}")
                edits.append((start + m.start(), start + m.end(), f"mut::late({id_}, {m[0]})"))
            for m in re.finditer(r"(Rounding|Calendar|Ends)::(?!none)(\w+)", line):
                other = OTHERS[m[0]]
                id_ = mutants.new(name, number, f"{m[0]} -> {other}")
                edits.append((start + m.start(), start + m.end(), f"mut::either({id_}, {m[0]}, {other})"))
            continue
        # A constant over several lines is one the compiler needs, to its end.
        fixed = (fixed and previous_open) or bool(FIXED.search(line))
        previous_open = line.rstrip()[-1:] not in (";", "{", "}")
        if fixed or (name.endswith(".h") and MEMBER.match(line)):
            continue
        for m in COMPARISON.finditer(line):
            id_ = mutants.new(name, number, f"comparison {m[1]}")
            edits.append((start + m.start(), start + m.end(), f" {m[1]} mut::Op {{ {id_} }} {m[1]} "))
        for m in NUMBER.finditer(line):
            id_ = mutants.new(name, number, f"{m[0]} -> {int(m[0]) + 1}")
            edits.append((start + m.start(), start + m.end(), f"mut::number({id_}, {m[0]})"))
        for m in re.finditer(r"\b(true|false)\b", line):
            id_ = mutants.new(name, number, f"not {m[0]}")
            edits.append((start + m.start(), start + m.end(), f"mut::flag({id_}, {m[0]})"))
        if not chapter:
            continue
        for m in WORD.finditer(line):
            id_ = mutants.new(name, number, f"another word than {m[0]}")
            edits.append((start + m.start(), start + m.end(), f"mut::word({id_}, {m[0]})"))
        for m in re.finditer(r"return (Outcome::\w+);", line):
            other = "Outcome::fails" if m[1] != "Outcome::fails" else "Outcome::holds"
            id_ = mutants.new(name, number, f"{m[1]} -> {other}")
            edits.append((start + m.start(1), start + m.end(1), f"mut::either({id_}, {m[1]}, {other})"))
        for m in re.finditer(r"\b(all|any)\((?=\{)", line):
            other = "any" if m[1] == "all" else "all"
            id_ = mutants.new(name, number, f"{m[1]} -> {other}")
            edits.append((start + m.start(), start + m.end(), f"{m[1]}_or_{other}({id_}, "))
        for m in re.finditer(r"\.(yes|no|unknown)\(\)", line):
            other = {"yes": "no", "no": "yes", "unknown": "no"}[m[1]]
            id_ = mutants.new(name, number, f"{m[1]}() -> {other}()")
            edits.append((start + m.start(), start + m.end(), f".{m[1]}_or_{other}({id_})"))
        for m in NOT.finditer(line):
            at = start + m.start()
            opened = shown.index("(", at)
            end = closing(shown, opened) + 1
            id_ = mutants.new(name, number, "without !")
            edits.append((at, at + 1, f"mut::same_or_not({id_}, !"))
            edits.append((end, end, ")"))
    out = text
    for start, end, replacement in sorted(edits, reverse=True):
        out = out[:start] + replacement + out[end:]
    return out.replace("inline constexpr Term ", "inline Term const ")


def write_copy(patterns):
    source, copy = ROOT / "src" / "treaty", BUILD / "src" / "treaty"
    mutants = Mutants()
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.copytree(source, copy)
    shutil.copytree(ROOT / "src" / "base", BUILD / "src" / "base")
    (copy / "edition.h").write_text('#pragma once\n#include <string_view>\nnamespace comity::treaty {\n'
                                    'constexpr std::string_view rules_edition = "mutants";\n}\n')
    (copy / "mutant.h").write_text(SWITCH)
    for pattern in patterns:
        for file in sorted(source.glob(pattern)):
            name = str(file.relative_to(source))
            text = instrument(name, file.read_text(), mutants)
            if name == "truth.h":
                text = text.replace("    constexpr Truth operator!", "".join(
                    f"    constexpr bool {a}_or_{b}(int id) const {{ return mut::on(id) ? {b}() : {a}(); }}\n"
                    for a, b in (("yes", "no"), ("no", "yes"), ("unknown", "no")))
                    + "    constexpr Truth operator!", 1) + LOGIC
            text = text.replace("#pragma once\n", '#pragma once\n#include "treaty/mutant.h"\n', 1) \
                if name.endswith(".h") else '#include "treaty/mutant.h"\n' + text
            (copy / name).write_text(text)
    return mutants.found


def compile_one(source):
    target = BUILD / "objects" / (str(source.relative_to(BUILD / "src")).replace("/", "_") + ".o")
    subprocess.run(["g++", *FLAGS, f"-I{BUILD / 'src'}", "-c", str(source), "-o", str(target)], check=True)
    return str(target)


def build(jobs):
    (BUILD / "objects").mkdir(parents=True, exist_ok=True)
    sources = [file for file in (BUILD / "src").rglob("*.cpp")
               if not (file.name.endswith("_test.cpp") and "base" in file.parts)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        objects = list(pool.map(compile_one, sources))
    program = BUILD / "treaty_mutants"
    subprocess.run(["g++", *objects, "-o", str(program), *LIBRARIES], check=True)
    return program


def seen(program, number):
    """Whether a test fails: the text cases first, which see most."""
    environment = dict(os.environ, COMITY_MUTANT=str(number), COMITY_RANDOM_CASES="100000")
    for chosen in ("TextCases.all*:Deadline.*", "-TextCases.all*:Deadline.*"):
        try:
            run = subprocess.run([str(program), f"--gtest_filter={chosen}", "--gtest_fail_fast"], cwd=ROOT,
                                 env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        except subprocess.TimeoutExpired:
            return True
        if run.returncode != 0:
            return True
    return False


def main():
    jobs = os.cpu_count() or 2
    mutants = write_copy(sys.argv[1:] or RULES)
    print(f"{len(mutants)} changes; building", flush=True)
    program = build(jobs)
    if seen(program, 0):
        sys.exit("the tests fail before anything is changed")
    survivors = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = pool.map(lambda number: seen(program, number), range(1, len(mutants) + 1))
        for number, (mutant, caught) in enumerate(zip(mutants, results), 1):
            if not caught:
                survivors.append(mutant)
                print("SURVIVOR {}:{}: {}".format(*mutant), flush=True)
            if number % 100 == 0:
                print(f"{number} of {len(mutants)}, {len(survivors)} not seen", flush=True)
    print(f"{len(mutants)} changes, {len(survivors)} seen by no test: "
          + ("none survives" if not survivors else "each wants a test"))
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
