#include "casework/views.h"
#include "exchange/evidence.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"
#include "main/show_dna.h"
#include "treaty/print.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

/// Requests, cases and messages on a terminal.
namespace comity::main {
namespace {

using store::Transaction;

constexpr std::int64_t lines_max = 200;

std::string local(Config const& config, Instant instant)
{
    auto const text = to_local_text(instant, config.zone);
    return text.ok() ? text.value() : to_text(instant);
}

std::string text_of(json::Object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string { value->get_string() } : std::string {};
}

void show_decision(json::Value const& decision, std::ostream& out)
{
    auto const read = json::read<treaty::DecisionText>(decision, json::Unknown::keep);
    if (read.ok()) out << treaty::print(read.value());
}

void show_person(json::Value const& person, std::string_view role, std::ostream& out)
{
    auto const read = json::read<message::Person>(person, json::Unknown::keep);
    if (!read.ok()) return;
    auto const& who = read.value();
    out << fmt::format("    {:<8}{} {}", role, who.given_name.value_or(""), who.family_name);
    if (who.latin && who.latin->family_name != who.family_name)
        out << fmt::format("  [{} {}]", who.latin->given_name.value_or(""), who.latin->family_name);
    out << '\n';
}

void show_answer(json::Object const& answer, std::ostream& out)
{
    out << fmt::format("  Answer: {}, to be destroyed by {} (A31(4)(b)-1)\n",
        text_of(answer, "result"), text_of(answer, "eraseBy"));
    for (auto const& each : answer.at("vehicles").as_array()) {
        auto const& vehicle = each.as_object();
        out << fmt::format("    {}  {} {}, {}, VIN {}\n", text_of(vehicle, "plate"),
            text_of(vehicle, "make"), text_of(vehicle, "model"), text_of(vehicle, "colour"),
            text_of(vehicle, "vin"));
        show_person(vehicle.at("holder"), "holder", out);
        show_person(vehicle.at("owner"), "owner", out);
    }
}

void show_timeline(
    Config const& config, std::vector<casework::TimelineItem> const& items, std::ostream& out)
{
    for (auto const& item : items) {
        out << fmt::format(
            "  {}  {:<17} {}", local(config, item.recorded_at), item.act, item.actor);
        if (auto const result = text_of(item.facts, "result"); !result.empty())
            out << fmt::format(": {}", result);
        if (item.entry_index) out << fmt::format("  [register entry {}]", *item.entry_index);
        out << '\n';
        if (!item.provisions.empty())
            out << fmt::format("      under {}\n", fmt::join(item.provisions, ", "));
    }
}

/// What the node says, or the error that it gives.
Result<json::Value> body_in(ControlReply const& reply)
{
    auto const body = TRY(json::parse(reply.body));
    auto const* error = body.is_object() ? body.get_object().if_contains("error") : nullptr;
    if (!error) return body;
    auto const& said = error->as_object();
    return Error { Error::Kind::malformed, text_of(said, "message"), text_of(said, "field") };
}

Result<casework::CaseView> case_in(ControlReply const& reply)
{
    return json::read<casework::CaseView>(TRY(body_in(reply)), json::Unknown::keep);
}

Result<casework::CaseView> closed_case(Config const& config, std::string const& number)
{
    auto const store = TRY(open_for_reading(config));
    return store->read(
        [&](Transaction& transaction) { return casework::case_view(transaction, number, {}, {}); });
}

} // namespace

Result<ExitCode> confirm_day(Config const& config, std::string const& day, std::ostream& out)
{
    auto const date = parse_date(day);
    if (!date.ok()) return Error { Error::Kind::malformed, date.error().what, "day" };
    auto const reply = TRY(post_to_node(config.socket(), "/v1/vault/confirm-day",
        json::print(json::Object { { "day", to_text(date.value()) } })));
    auto const body = TRY(body_in(reply));
    out << fmt::format("{}: the day is confirmed up to {}, {} items destroyed\n", config.unit, day,
        body.at("destroyed").to_number<std::int64_t>());
    return 0;
}

Result<ExitCode> send_request(Config const& config, json::Object draft, std::ostream& out)
{
    if (!draft.contains("eraseBy")) {
        auto const today = TRY(local_date(system_clock()(), config.zone));
        draft["eraseBy"] = to_text(today + std::chrono::days { config.retention_days });
        out << fmt::format("erase-by {}: the rule of {} for its own data\n",
            text_of(draft, "eraseBy"), config.unit);
    }
    auto const reply = TRY(post_to_node(config.socket(), "/v1/requests", json::print(draft)));
    auto const body = TRY(body_in(reply));
    auto const& object = body.as_object();
    if (auto const* warnings = object.if_contains("warnings"))
        for (auto const& warning : warnings->as_array())
            out << fmt::format("warning: {}: {}\n", text_of(warning.as_object(), "field"),
                text_of(warning.as_object(), "code"));
    show_decision(object.at("decision"), out);
    auto const verdict = text_of(object.at("decision").as_object(), "verdict");
    if (verdict != "permitted") {
        out << "Nothing was sent.\n";
        return verdict == "refused" ? 1 : 2;
    }
    out << fmt::format("On its way as message {}.\n", text_of(object, "messageId"));
    return 0;
}

Result<ExitCode> list_cases(Config const& config, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    auto const items = TRY(store->read([&](Transaction& transaction) {
        return casework::inbox(transaction, config.party, lines_max);
    }));
    for (auto const& item : items)
        out << fmt::format("{:<24} {}->{}  {:<14} {:<9} {}\n", item.case_number, item.from, item.to,
            item.title.kind, json::word(item.state), local(config, item.received_at));
    return 0;
}

Result<ExitCode> show_case(Config const& config, std::string const& number, std::ostream& out)
{
    auto const reply = post_to_node(
        config.socket(), "/v1/vault/cases", json::print(json::Object { { "number", number } }));
    auto const shown = reply.ok() ? TRY(case_in(reply.value())) : TRY(closed_case(config, number));
    if (!reply.ok())
        out << "The node is not running: contents lie in the vault, and only it opens that.\n";
    out << fmt::format("Case {} at {}: {}, {} asks {}, state {}\n", shown.number, config.unit,
        shown.kind, shown.requesting, shown.requested, json::word(shown.state));
    auto const plate = text_of(shown.request, "plate");
    out << fmt::format("  Purpose {}, offence {}{}{}\n", shown.purpose, shown.offence,
        plate.empty() ? "" : ", plate ", plate);
    for (auto const& closed : shown.closed)
        for (auto const& objection : closed.objections)
            out << fmt::format(
                "  {} is closed: {} ({})\n", closed.type, objection.reason, objection.provision);
    if (shown.answer) show_answer(*shown.answer, out);
    if (shown.refusal)
        out << fmt::format("  Refused ({}): {}\n", text_of(*shown.refusal, "ground"),
            text_of(*shown.refusal, "text"));
    out << dna_lines(shown.contents);
    show_timeline(config, shown.timeline, out);
    for (auto const& decision : shown.decisions)
        out << fmt::format("  Decision of {} as {}: {}\n", decision.party, decision.role,
            text_of(decision.decision.as_object(), "verdict"));
    return 0;
}

Result<ExitCode> list_messages(Config const& config, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    auto const lines = TRY(store->read(
        [&](Transaction& transaction) { return casework::message_lines(transaction, lines_max); }));
    for (auto const& line : lines)
        out << fmt::format("{}  {:<8} {}->{}  {}  {}\n", line.id, line.kind, line.from, line.to,
            local(config, line.created_at), line.state);
    return 0;
}

Result<ExitCode> export_message(Config const& config, std::string const& id,
    std::filesystem::path const& folder, bool sealed, std::ostream& out)
{
    if (!sealed) // what leaves the node in the clear is noted by the node
        TRY(body_in(TRY(post_to_node(config.socket(), "/v1/vault/exports",
            json::print(json::Object {
                { "message", id }, { "place", std::filesystem::absolute(folder).string() } })))));
    auto const clock = system_clock();
    auto const trust = TRY(read_trust(config, clock()));
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, clock()));
    auto const store = TRY(open_for_reading(config));
    auto const verifier = TRY(trust.find(config.party)).register_key;
    ledger::Ledger nowhere { *store, verifier.name,
        crypto::Key::generate(crypto::Key::Kind::ed25519) };
    exchange::Exchange const exchange { *store, nowhere, trust, standing.self, clock,
        crypto::system_random() };
    TRY(store->read([&](Transaction& transaction) {
        return exchange::export_evidence(transaction, exchange, verifier, id, folder,
            sealed ? exchange::Opened::no : exchange::Opened::yes);
    }));
    out << fmt::format(
        "Evidence of {} in {}; check it with {}/verify.sh\n", id, folder.string(), folder.string());
    return 0;
}

Result<ExitCode> verify_message(std::filesystem::path const& folder, std::ostream& out)
{
    for (auto const& line : TRY(exchange::verify_evidence(folder))) out << line << '\n';
    out << "Everything holds.\n";
    return 0;
}

} // namespace comity::main
