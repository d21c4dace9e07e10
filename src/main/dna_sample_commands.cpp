#include "http/router.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"
#include "treaty/print.h"

#include <fmt/format.h>

#include <fstream>
#include <ostream>

/// Samples under Article 20(3) at the command line, over the socket of the running node.
namespace comity::main {
namespace {

using casework::Files;
using identification::SamplingDraft;

constexpr std::string_view asks = "/v1/dna/samples", tries = "/v1/dna/samples/decisions",
                           lists = "/v1/dna/samples/list", shows = "/v1/dna/samples/show";
constexpr std::int64_t listed_max = 500;

struct Asked {
    SamplingDraft draft;
    std::string document; ///< Absolute path of the order, read by the node.
};
BOOST_DESCRIBE_STRUCT(Asked, (), (draft, document))

struct Numbered {
    std::string number;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (number))

/// As an officer brings one at the desk.
Result<casework::FileNumber> bring(Files const& files, std::filesystem::path const& path)
{
    std::error_code code;
    auto const bytes = std::filesystem::file_size(path, code);
    std::ifstream in { path, std::ios::binary };
    if (code || !in)
        return Error { Error::Kind::not_found,
            fmt::format("{} cannot be read by the node", path.string()), "document" };
    casework::Officer const officer { operator_name };
    auto waiting = TRY(files.begin({ path.filename().string(), bytes }, officer));
    while (waiting.here < waiting.pieces) {
        auto const left = bytes - std::uint64_t { waiting.here } * casework::file_piece_bytes;
        Bytes piece(std::min<std::uint64_t>(left, casework::file_piece_bytes));
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
        in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
        auto put = files.put(waiting.number, waiting.here + 1, std::move(piece), officer);
        if (!put.ok()) static_cast<void>(files.discard(waiting.number, officer));
        waiting = TRY(std::move(put));
    }
    return waiting.number;
}

json::Object view_of(identification::Outcome const& outcome)
{
    json::Object out { { "decision", treaty::write(outcome.decision) },
        { "leaves", identification::may_leave(outcome.decision) && outcome.missing.empty() },
        { "missing", json::write(outcome.missing) } };
    if (outcome.message) out["messageId"] = *outcome.message;
    return out;
}

Result<http::Response> ask(Rooms& rooms, http::Request const& request)
{
    auto asked = TRY(http::body_as<Asked>(request));
    auto const& files = rooms.casework->files();
    if (!asked.document.empty()) {
        auto const number = TRY(bring(files, asked.document));
        asked.draft.files = { number };
    }
    auto const outcome = request.path == tries ? rooms.sampling->try_request(asked.draft)
                                               : rooms.sampling->send(asked.draft, operator_name);
    bool const left = outcome.ok() && outcome.value().message;
    if (!left && asked.draft.files)
        static_cast<void>(files.discard(asked.draft.files->front(), operator_name));
    if (!outcome.ok()) return outcome.error();
    return http::json_response(200, view_of(outcome.value()));
}

Result<http::Response> list(Rooms& rooms)
{
    json::Array out;
    auto const cases = TRY(rooms.store->read(
        [](store::Transaction& t) { return casework::list_cases(t, listed_max); }));
    for (auto const& each : cases)
        if (each.kind == identification::sampling_kind)
            out.push_back(json::Object { { "number", each.number }, { "from", each.requesting },
                { "to", each.requested }, { "state", json::word(each.state) } });
    return http::json_response(200, json::Object { { "samples", out } });
}

std::string text_at(json::Value const& object, std::string_view member)
{
    return std::string { object.as_object().at(member).as_string() };
}

void print(message::DnaSamplingAnswer const& answer, std::ostream& out)
{
    out << fmt::format("  {}", json::word(answer.sampling_step));
    if (answer.conditions_met) out << ": " << *answer.conditions_met;
    if (answer.reason) out << ": " << *answer.reason;
    if (answer.profile) out << fmt::format(": profile {}", answer.profile->profile_number);
    if (answer.sampled_on) out << ", taken on " << to_text(*answer.sampled_on);
    if (answer.costs)
        out << fmt::format(", costs {} of the smallest unit of {}", answer.costs->amount_minor,
            answer.costs->currency);
    out << "\n";
}

} // namespace

Result<http::Response> sample_control(Rooms& rooms, http::Request const& request)
{
    if (request.path == asks || request.path == tries) return ask(rooms, request);
    if (request.path == lists) return list(rooms);
    if (request.path != shows)
        return Error { Error::Kind::not_found, "samples take decisions, list and show" };
    auto const number = TRY(http::body_as<Numbered>(request)).number;
    auto const shown = TRY(rooms.sampling->open_case(number, operator_name));
    json::Object out { { "sample", json::write(shown) } };
    auto const files = TRY(rooms.casework->open_case(number, operator_name)).files;
    out["files"] = json::write(files);
    return http::json_response(200, out);
}

Result<ExitCode> ask_sample(Config const& config, json::Object const& draft,
    std::filesystem::path const& document, bool only_try, std::ostream& out)
{
    json::Object body { { "draft", draft }, { "document", "" } };
    if (!document.empty()) body["document"] = std::filesystem::absolute(document).string();
    auto const answer = TRY(asked_of_node(config.socket(), only_try ? tries : asks, body));
    auto const decision
        = TRY(json::read<treaty::DecisionText>(answer.at("decision"), json::Unknown::keep));
    out << treaty::print(decision);
    for (auto const& each : answer.at("missing").as_array())
        out << fmt::format("missing: {}\n", std::string { each.as_string() });
    if (auto const* id = answer.if_contains("messageId")) {
        out << fmt::format("On its way as message {}.\n", std::string { id->as_string() });
        return 0;
    }
    bool const leaves = answer.at("leaves").as_bool();
    out << (leaves ? "It may leave; nothing was sent.\n" : "Nothing was sent.\n");
    if (leaves) return 0;
    return decision.verdict == treaty::Verdict::refused ? 1 : 2;
}

Result<ExitCode> list_samples(Config const& config, std::ostream& out)
{
    auto const answer = TRY(asked_of_node(config.socket(), lists, {}));
    for (auto const& each : answer.at("samples").as_array())
        out << fmt::format("{}  {} -> {}  {}\n", text_at(each, "number"), text_at(each, "from"),
            text_at(each, "to"), text_at(each, "state"));
    return 0;
}

Result<ExitCode> show_sample(Config const& config, std::string const& number, std::ostream& out)
{
    auto const answer = TRY(asked_of_node(config.socket(), shows, { { "number", number } }));
    auto const sample
        = TRY(json::read<identification::SamplingCase>(answer.at("sample"), json::Unknown::keep));
    out << fmt::format("{}: {} asks {}; {}\n", sample.number, sample.requesting, sample.requested,
        json::word(sample.status));
    if (sample.request)
        out << fmt::format("  purpose: {}\n  order: {}\n  statement: {}\n",
            sample.request->purpose_wanted, sample.request->order, sample.request->statement);
    for (auto const& each : answer.at("files").as_array())
        out << fmt::format("  document: {}\n", text_at(each, "name"));
    for (auto const& each : sample.answers) print(each.answer, out);
    return 0;
}

} // namespace comity::main
