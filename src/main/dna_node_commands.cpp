#include "base/file.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/dna_commands.h"
#include "main/rooms.h"
#include "search/dna/exchange_file.h"
#include "search/dna/report.h"
#include "treaty/print.h"

#include <fmt/format.h>

#include <ostream>

/// What the command line does with the profiles of a node.
namespace comity::main {
namespace {

namespace dna = search::dna;

constexpr std::size_t profiles_at_once = 1'000; // of one commit
constexpr std::size_t sheet_bytes_max = 64U << 10U;

/// "D3S1358 15 18", a locus a line; what the form of the desk takes too.
Result<json::Array> read_sheet(std::string_view text)
{
    json::Array out;
    for (auto const line : dna::split(text, '\n')) {
        std::vector<std::string> words;
        for (auto const word : dna::split(line, ' '))
            if (!word.empty()) words.emplace_back(word);
        if (words.empty()) continue;
        if (words.size() < 2 || words.size() > 3)
            return Error { Error::Kind::malformed,
                fmt::format("'{}': a line has a locus and one or two alleles", line.substr(0, 80)),
                "profile" };
        out.push_back(json::Object {
            { "name", words[0] }, { "allele1", words[1] }, { "allele2", words.back() } });
    }
    return out;
}

std::string text_at(json::Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    return value && value->is_string() ? std::string { value->get_string() } : std::string {};
}

Result<ExitCode> post_draft(Config const& config, json::Object const& draft, std::ostream& out)
{
    auto const reply = TRY(post_to_node(config.socket(), "/v1/dna/requests", json::print(draft)));
    auto const body = TRY(json::parse(reply.body));
    auto const& object = body.as_object();
    if (auto const* error = object.if_contains("error"))
        return Error { Error::Kind::malformed, text_at(error->as_object(), "message"),
            text_at(error->as_object(), "field") };
    auto const decision
        = TRY(json::read<treaty::DecisionText>(object.at("decision"), json::Unknown::keep));
    out << treaty::print(decision);
    if (decision.verdict != treaty::Verdict::permitted) {
        out << "Nothing was sent.\n";
        return decision.verdict == treaty::Verdict::refused ? 1 : 2;
    }
    out << fmt::format("On its way as message {}.\n", text_at(object, "messageId"));
    return 0;
}

} // namespace

Result<ExitCode> register_profiles(Config const& config, std::filesystem::path const& file,
    std::string const& erase_by, std::ostream& out)
{
    auto const text = TRY(read_file(file, dna::import_bytes_max));
    auto const day = TRY(parse_date(erase_by));
    auto const rooms = TRY(open_rooms(config));
    auto const read = TRY(dna::read_csv(as_text(text), rooms->knowledge.table));
    auto const all = std::span { read.profiles };
    for (std::size_t done = 0; done < all.size(); done += profiles_at_once)
        TRY(rooms->identification->add(
            all.subspan(done, std::min(profiles_at_once, all.size() - done)), day,
            "operator at the command line"));
    for (auto const& lost : read.not_carried) out << fmt::format("not carried: {}\n", lost);
    out << fmt::format("{}: {} profiles in the national file\n", config.unit, all.size());
    return 0;
}

Result<ExitCode> ask_comparison(
    Config const& config, json::Object draft, std::filesystem::path const& sheet, std::ostream& out)
{
    auto const text = TRY(read_file(sheet, sheet_bytes_max));
    auto& profile = draft.at("profiles").as_array().at(0).as_object();
    profile["loci"] = TRY(read_sheet(as_text(text)));
    return post_draft(config, draft, out);
}

Result<ExitCode> register_relatives(
    Config const& config, std::filesystem::path const& file, std::ostream& out)
{
    auto const text = TRY(read_file(file, dna::import_bytes_max));
    auto const rooms = TRY(open_rooms(config));
    std::size_t added = 0, line = 0;
    for (auto const each : dna::split(as_text(text), '\n')) {
        ++line;
        if (each.empty()) continue;
        auto const draft
            = json::read_text<identification::RelativeDraft>(each, json::Unknown::refuse);
        auto const place = fmt::format("line {}", line);
        if (!draft.ok()) return Error { draft.error().kind, draft.error().what, place };
        auto const kept
            = rooms->identification->add_relative(draft.value(), "operator at the command line");
        if (!kept.ok()) return Error { kept.error().kind, kept.error().what, place };
        ++added;
    }
    out << fmt::format("{}: {} relatives in the index of relatives\n", config.unit, added);
    return 0;
}

Result<ExitCode> ask_family(Config const& config, json::Object draft,
    std::vector<std::string> const& relatives, std::ostream& out)
{
    json::Array named;
    for (auto const& each : relatives) {
        auto const parts = dna::split(each, '=');
        if (parts.size() != 2)
            return Error { Error::Kind::malformed,
                fmt::format("'{}': a relative is given as mother=NUMBER", each.substr(0, 80)),
                "relative" };
        named.push_back(json::Object { { "relation", parts[0] }, { "profileNumber", parts[1] } });
    }
    draft["profiles"].emplace_array();
    draft["family"] = json::Object { { "relatives", std::move(named) } };
    return post_draft(config, draft, out);
}

Result<ExitCode> audit_file(Config const& config, std::string const& category, std::ostream& out)
{
    auto const chosen = json::from_word<dna::Category>(category);
    if (!chosen)
        return json::detail::unknown_word(category, json::words<dna::Category>(), "category");
    auto const rooms = TRY(open_rooms(config));
    auto& database = *rooms->profiles;
    auto const on = std::chrono::floor<std::chrono::days>(rooms->clock());
    auto const rules = TRY(rooms->knowledge.rules_named(
        rooms->terms.rules_between(config.party, config.party, on), on));
    auto const found = TRY(database.audit(*chosen, rules, { .progress = telling_progress(out) }));
    out << dna::print(found);
    auto const name = [&](dna::ProfileNumber number) {
        return database.reference_of(identification::File::national, *chosen, number);
    };
    for (auto const& pair : found.found)
        out << fmt::format("  {} and {}: quality {}, {}\n", name(pair.one), name(pair.other),
            pair.comparison.quality, pair.comparison.reason);
    return 0;
}

} // namespace comity::main
