#include "base/file.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"
#include "search/dna/exchange_file.h"
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

} // namespace comity::main
