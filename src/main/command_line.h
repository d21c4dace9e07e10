#pragma once

#include "main/dna_commands.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <map>

/// What the parts of the command line share: the words that were read, and the command of a node.
namespace comity::main {

using Command = std::function<Result<ExitCode>()>;

/// What the words were read into; lives as long as the program.
struct Words {
    std::string node = "bg", number, id, password, against, reason;
    AuditOptions audit;
    std::filesystem::path folder;
    std::uint64_t index = 0;
    bool sealed = false, lawful = false, keep = false;
    FoundOptions found { {}, { "BG", "RO", "RS" }, 7800, {}, "data/treaty", {}, "build/web" };
    AccountOptions account { {}, {}, "en", {}, {} };
    AccessOptions access {};
    TreatyOptions treaty { "data/treaty", "tests/cases/treaty", {}, {}, {}, {}, {}, {}, {}, {},
        "UTC" };
    MessageOptions messages {};
    TrustOptions trust {};
    KeyOptions keys {};
    CertifyOptions certify {};
    DnaOptions dna {
        .data = "data/dna", .folder = {}, .command = {}, .subject = {}, .against = {}, .on = {}
    };
    std::map<std::string, std::string> draft, profile;
    std::vector<std::string> relatives {};
    Command run;
};

/// The command of a node: its configuration is read first.
template <class Function> void on_node(CLI::App& app, Words& words, Function function)
{
    app.add_option("--node", words.node, "folder of the node, or its name under $COMITY_HOME");
    app.callback([&words, function] {
        words.run = [&words, function]() -> Result<ExitCode> {
            return function(TRY(read_config(node_folder(words.node))));
        };
    });
}

using Fields = std::map<std::string, std::string>;

inline void add_fields(CLI::App& command, Fields& to,
    std::initializer_list<std::pair<char const*, char const*>> options)
{
    for (auto const& [option, field] : options) command.add_option(option, to[field]);
}

inline json::Object given(Fields const& fields)
{
    json::Object out;
    for (auto const& [field, value] : fields)
        if (!value.empty()) out[field] = value;
    return out;
}

/// `comity dna ...`.
void add_dna_commands(CLI::App& app, Words& words);

} // namespace comity::main
