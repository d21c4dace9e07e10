#include "main/command_line.h"

#include <tuple>

namespace comity::main {
namespace {

void add_dna_draft(CLI::App& command, Words& words)
{
    add_fields(command, words.draft,
        { { "--to", "to" }, { "--purpose", "purpose" }, { "--offence", "offence" },
            { "--ground", "ground" }, { "--case", "caseNumber" }, { "--erase-by", "eraseBy" },
            { "--form", "formVersion" } });
    command.add_flag("--lawful", words.lawful, "our law provides for the comparison");
}

json::Object dna_draft(Words const& words)
{
    auto out = given(words.draft);
    out["storageAsked"] = words.keep;
    out["costsAccepted"] = true;
    if (words.lawful) out["facts"] = json::Object { { "comparison-lawful", true } };
    return out;
}

/// The costs are ours, A20(3)(d): nobody asks who does not say so.
json::Object sample_draft(Words& words)
{
    auto out = given(words.draft);
    auto told = words.profile;
    json::Object person { { "kind", "lawful" }, { "nationalities", json::Array {} } };
    for (auto const* name : { "familyName", "givenName" })
        if (!told[name].empty()) person[name] = told[name];
    if (auto const& state = told["nationality"]; !state.empty())
        person["nationalities"].as_array().emplace_back(state);
    json::Object place;
    if (!told["at"].empty()) place["name"] = told["at"];
    if (out.contains("to")) place["state"] = out["to"];
    out["person"] = std::move(person);
    out["whereabouts"] = std::move(place);
    out["costsAccepted"] = true;
    if (words.lawful) out["facts"] = json::Object { { "profile-available", false } };
    return out;
}

/// Missing persons and the audit of a node's own file.
void add_kin_commands(CLI::App& dna, Words& words)
{
    auto* take = dna.add_subcommand("relatives", "with their consents, one in JSON a line");
    take->add_option("file", words.folder)->required();
    on_node(*take, words,
        [&words](Config const& at) { return register_relatives(at, words.folder, std::cout); });
    auto* family = dna.add_subcommand("family", "another State looks for a missing person");
    family->add_option("--relative", words.relatives, "mother=NUMBER")->required();
    family->add_flag("--keep", words.keep, "looked for among later bodies until its day");
    add_dna_draft(*family, words);
    on_node(*family, words, [&words](Config const& config) {
        return ask_family(config, dna_draft(words), words.relatives, std::cout);
    });
    auto* audit = dna.add_subcommand("audit-node", "the file of a node against chance");
    audit->add_option("--category", words.id)->required();
    on_node(
        *audit, words, [&words](Config const& at) { return audit_file(at, words.id, std::cout); });
}

/// The first connection of two States.
void add_run_commands(CLI::App& dna, Words& words)
{
    auto* run = dna.add_subcommand("first-run", "all open stains against another State's file")
                    ->require_subcommand(1);
    auto* propose = run->add_subcommand("propose", "to the other State");
    add_dna_draft(*propose, words);
    add_fields(*propose, words.profile, { { "--of", "kind" } });
    on_node(*propose, words, [&words](Config const& config) {
        auto draft = dna_draft(words);
        draft.erase("storageAsked");
        draft["kind"] = given(words.profile).contains("kind") ? words.profile["kind"] : "stain";
        return propose_run(config, draft, std::cout);
    });
    on_node(*run->add_subcommand("list", "with their progress"), words,
        [](Config const& config) { return list_runs(config, std::cout); });
    for (auto const& [step, help] : { std::pair { "agree", "to a State that proposed one" },
             { "refuse", "with --reason" }, { "begin", "once the other State agreed" },
             { "stop", "with --reason; either State" }, { "resume", "what was stopped here" } }) {
        auto* command = run->add_subcommand(step, help);
        command->add_option("number", words.number, "of the case")->required();
        command->add_option("--reason", words.reason);
        on_node(*command, words, [&words, step = std::string { step }](Config const& config) {
            return take_run_step(config, words.number, step, words.reason, std::cout);
        });
    }
}

/// Article 20(3): a sample of somebody who stays with the other State.
void add_sample_commands(CLI::App& dna, Words& words)
{
    auto* sample = dna.add_subcommand("sample", "of a person who stays with another State")
                       ->require_subcommand(1);
    auto* ask = sample->add_subcommand("ask", "that it be taken and typed");
    ask->add_option("--document", words.folder, "file of the order, e.g. a PDF");
    ask->add_flag("--try", words.keep, "what the Convention says; nothing is sent");
    ask->add_flag("--none", words.lawful, "there is no profile of the person yet");
    add_fields(*ask, words.draft,
        { { "--to", "to" }, { "--case", "caseNumber" }, { "--purpose", "purpose" },
            { "--for", "purposeWanted" }, { "--order", "order" }, { "--statement", "statement" },
            { "--erase-by", "eraseBy" } });
    add_fields(*ask, words.profile,
        { { "--family-name", "familyName" }, { "--given-name", "givenName" },
            { "--nationality", "nationality" }, { "--at", "at" } });
    on_node(*ask, words, [&words](Config const& config) {
        return ask_sample(config, sample_draft(words), words.folder, words.keep, std::cout);
    });
    on_node(*sample->add_subcommand("list", "asked for here and by others"), words,
        [](Config const& config) { return list_samples(config, std::cout); });
    auto* show = sample->add_subcommand("show", "one, with what was said of it");
    show->add_option("number", words.number, "of the case")->required();
    on_node(*show, words,
        [&words](Config const& config) { return show_sample(config, words.number, std::cout); });
}

/// Article 20(1): what was ordered after a weak hit.
void add_typing_command(CLI::App& dna, Words& words)
{
    auto* order = dna.add_subcommand("typing", "record that further loci of a hit are typed");
    order->add_option("number", words.number, "of the case")->required();
    add_fields(*order, words.draft,
        { { "--match", "match" }, { "--laboratory", "laboratory" }, { "--day", "day" } });
    order->add_option("--locus", words.relatives, "one or several")->required();
    order->add_option("--cost", words.index, "in the smallest unit of its currency");
    order->add_option("--currency", words.profile["currency"]);
    on_node(*order, words, [&words](Config const& config) {
        auto draft = given(words.draft);
        draft["loci"] = json::write(words.relatives);
        if (words.index > 0)
            draft["costs"] = json::Object { { "amountMinor", words.index },
                { "currency", words.profile["currency"] } };
        return order_typing(config, words.number, draft, std::cout);
    });
}

/// Those of a node, as against a folder.
void add_dna_node_commands(CLI::App& dna, Words& words)
{
    auto* take = dna.add_subcommand("register", "a table into the national file of a node");
    take->add_option("file", words.folder)->required();
    take->add_option("--erase-by", words.number, "last day, YYYY-MM-DD")->required();
    on_node(*take, words, [&words](Config const& config) {
        return register_profiles(config, words.folder, words.number, std::cout);
    });

    auto* ask = dna.add_subcommand("ask", "another State compares a profile, Article 20");
    ask->add_option("sheet", words.folder, "a locus and its alleles a line")->required();
    add_dna_draft(*ask, words);
    add_fields(*ask, words.profile,
        { { "--reference", "profileNumber" }, { "--of", "kind" }, { "--kit", "kit" },
            { "--laboratory", "laboratory" } });
    ask->add_flag("--keep", words.keep, "to be kept where nothing is found");
    on_node(*ask, words, [&words](Config const& config) {
        auto draft = dna_draft(words);
        auto profile = given(words.profile);
        profile["iso17025"] = true;
        draft["profiles"].emplace_array().push_back(std::move(profile));
        return ask_comparison(config, std::move(draft), words.folder, std::cout);
    });
    add_kin_commands(dna, words);
    add_run_commands(dna, words);
    add_typing_command(dna, words);
    add_sample_commands(dna, words);
}

} // namespace

void add_dna_commands(CLI::App& app, Words& words)
{
    auto* dna = app.add_subcommand("dna", "DNA profiles")->require_subcommand(1);
    add_dna_node_commands(*dna, words);
    auto& options = words.dna;
    constexpr std::tuple<char const*, char const*, bool> commands[]
        = { { "import", "take a file: all of it or nothing", true },
              { "search", "one profile against all others", true },
              { "compare", "two profiles locus by locus", true },
              { "kin", "possible relatives of one person", true },
              { "audit", "pairs observed against pairs expected", false },
              { "export", "what may leave, into a file", true } };
    for (auto const& [name, help, subject] : commands) {
        auto* command = dna->add_subcommand(name, help);
        command->add_option("folder", options.folder)->required();
        if (subject)
            command->add_option("subject", options.subject, "a file or a reference number")
                ->required();
        command->add_option("--data", options.data, "folder of loci, kits, frequencies, rules");
        command->add_option("--against", options.against, "the other profile, or Party");
        command->add_option("--format", options.format, "csv, cmf, pruem");
        command->add_option("--rules", options.rules, "name of a rule set");
        command->add_option("--on", options.on, "a date; today where missing");
        command->add_option("--population", options.population);
        command->add_option("--kinship", options.kinship);
        command->add_option("--theta", options.theta)->check(CLI::Range(0.0, 0.2));
        command->add_option("--least", options.least, "log10 of the ratio of kin");
        command->add_option("--size", options.size, "profiles that chance is counted for");
        command->add_option("--chance", options.chance_max, "a second list: chance hits at most");
        command->callback([&words, chosen = std::string { name }] {
            words.dna.command = chosen;
            words.run = [&words] { return ask_dna(words.dna, std::cout); };
        });
    }
}

} // namespace comity::main
