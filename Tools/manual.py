"""usage: colophon --experimental-dump-help | manual.py VERSION > colophon.1

Makes the manual page from the help of the tool, so that the two say the same."""
import json
import sys


def escaped(text):
    """Text as roff takes it: no line begins a request, no backslash an escape."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in lines)


def prose(text):
    """Paragraphs; lines that are indented in the help are commands, and stay as they are."""
    out = []
    for paragraph in text.split("\n\n"):
        if all(line.startswith("  ") for line in paragraph.split("\n")):
            out += [".PP", ".EX", escaped(paragraph), ".EE"]
        else:
            out += [".PP", escaped(paragraph)]
    return out


def name(argument):
    """How an argument is written: `-j, --jobs <jobs>`."""
    value = "<" + argument.get("valueName", "value") + ">"
    if argument["kind"] == "positional":
        return value
    names = [("-" if one["kind"] == "short" else "--") + one["name"]
             for one in sorted(argument.get("names", []), key=lambda one: one["kind"] != "short")]
    return ", ".join(names) + (" " + value if argument["kind"] == "option" else "")


def options(command):
    out = []
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True) or name(argument) in ("--version", "-h, --help"):
            continue
        text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
        default = argument.get("defaultValue")
        if default and "(default:" not in text and argument["kind"] != "flag":
            text += f" (default: {default})"
        out += [".TP", ".B " + escaped(name(argument)), escaped(text)]
    return out


def commands(command, path=""):
    """A section for each subcommand, however deep."""
    out = []
    for sub in command.get("subcommands", []):
        if not sub.get("shouldDisplay", True) or sub["commandName"] == "help":
            continue
        full = f"{path} {sub['commandName']}".strip()
        out += [".SS " + escaped("colophon " + full), escaped(sub.get("abstract", ""))]
        out += prose(sub.get("discussion", "")) + options(sub) + commands(sub, full)
    return out


def main():
    tool = json.load(sys.stdin)["command"]
    lines = [f'.TH COLOPHON 1 "" "colophon {sys.argv[1]}" "User Commands"', ".SH NAME",
             "colophon \\- analyses of texts that lead back to their sources", ".SH SYNOPSIS",
             ".B colophon", "\\fIcommand\\fR [\\fIargument\\fR ...]", ".SH DESCRIPTION", escaped(tool["abstract"])]
    lines += prose(tool["discussion"]) + [".SH COMMANDS"] + commands(tool)
    lines += [".SH ENVIRONMENT", ".TP", ".B COLOPHON_STORE",
              "The folder in which runs store what they computed, instead of .colophon/ in the project.",
              ".TP", ".B NO_COLOR", "If set, no colours are used in the terminal."]
    print("\n".join(lines))


main()
