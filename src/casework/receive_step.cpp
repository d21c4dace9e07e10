#include "casework/arrival.h"
#include "casework/step.h"

#include <fmt/format.h>

/// What comes after a request: each kind of answer, and what the requesting Party says to it. All
/// find their case by its number; the state of the case says what is done next.
namespace comity::casework {

using exchange::Delivered;
using exchange::Disposition;
using store::Transaction;

namespace {

/// A word of the content that the timeline tells.
void tell_fact(
    json::Object& facts, json::Object const& content, std::string_view member, std::string_view as)
{
    auto const* value = content.if_contains(member);
    if (!value) return;
    if (value->is_string()) facts[as] = value->get_string();
    if (value->is_bool()) facts[as] = value->get_bool() ? "yes" : "no";
    if (value->is_number()) facts[as] = std::to_string(value->to_number<std::int64_t>());
}

json::Object facts_of(json::Object const& content, std::string_view from)
{
    json::Object facts { { "party", from } };
    auto const* inner = content.if_contains("answer");
    if (inner && inner->is_object()) tell_fact(facts, inner->get_object(), "result", "result");
    tell_fact(facts, content, "result", "result");
    tell_fact(facts, content, "ground", "ground");
    tell_fact(facts, content, "n", "n");
    tell_fact(facts, content, "accepted", "accepted");
    tell_fact(facts, content, "competentAuthority", "authority");
    tell_fact(facts, content, "competentState", "to");
    return facts;
}

json::Value const* decision_in(json::Object const& content)
{
    auto const* inner = content.if_contains("answer");
    auto const& of = inner && inner->is_object() ? inner->get_object() : content;
    return of.if_contains("requestDecision");
}

/// A late word on a case that is settled is kept, and changes nothing.
bool moves(CaseState state)
{
    return is_open(state) || state == CaseState::failed;
}

} // namespace

exchange::Disposition rejected(Error const& error)
{
    return { "rejected", {}, {}, message::Reason { "schema", error.field, error.what }, {} };
}

std::string node_of(std::string_view state)
{
    return fmt::format("{} node", state);
}

bool is_fault_of_message(Error const& error)
{
    return error.kind == Error::Kind::malformed
        || (error.kind == Error::Kind::too_large && !error.field.empty());
}

/// What a State has said in a case already: it may have answered before we were told that our
/// request was passed on to it.
Result<void> Casework::hear_out(
    Transaction& transaction, CaseRow const& row, std::string_view state, std::string_view notice)
{
    for (auto const& content : TRY(contents_of(transaction, row.number))) {
        auto const* step = find_step(content.type);
        if (!step || step->side != Side::requested || content.message == notice) continue;
        if (TRY(exchange::message_by_id(transaction, content.message)).peer != state) continue;
        auto const opened = TRY(open_content(transaction, vault_, content, row, "node", {}));
        auto const said = json::parse(opened.body.text);
        if (said.ok() && said.value().is_object())
            TRY(set_state(transaction, row.number,
                state_after(*step, said.value().as_object(), Side::requesting)));
    }
    return {};
}

Result<Disposition> Casework::receive_step(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const now = delivered.received_at;
    auto const& step = *find_step(manifest.type);
    auto const parsed = json::parse(text);
    if (!parsed.ok()) return rejected(parsed.error());
    auto const& content = parsed.value().as_object();
    bool const ours = step.side == Side::requested; // They answer what we asked.
    auto const number = ours ? manifest.case_reference.yours.value_or("")
                             : incoming_number(from, manifest.case_reference.ours);
    auto const found = TRY(find_case(transaction, number));
    bool const known
        = found && (ours ? found->requesting == settings_.party : found->requesting == from);
    // Who passes our request on tells us; where the answer is faster it is kept, and moves nothing
    // before we are told.
    bool const asked = !ours || (found && found->requested == from);
    if (!known || (!asked && !is_open(found->state)))
        return rejected({ Error::Kind::not_found,
            fmt::format("no open request between us has the number '{}'", number),
            "caseReference" });

    NewContent fresh { { manifest.id, number, manifest.type }, text };
    if (auto const* decision = decision_in(content))
        fresh.decisions.push_back({ "receiver", from, manifest.created_at, *decision });
    auto const kept = keep_received(transaction, supplied_by(manifest), std::move(fresh), content);
    if (!kept.ok() && is_fault_of_message(kept.error())) return rejected(kept.error());
    if (!kept.ok()) return kept.error();
    if (asked && moves(found->state)) {
        auto const after = state_after(step, content, ours ? Side::requesting : Side::requested);
        TRY(set_state(transaction, number, after));
    }
    auto const facts = facts_of(content, from);
    if (auto const* to = facts.if_contains("to"); to && asked && moves(found->state)) {
        std::string const next { to->as_string() };
        TRY(set_requested(transaction, number, next));
        TRY(hear_out(transaction, *found, next, manifest.id));
    }
    TRY(insert_event(transaction,
        { number, manifest.created_at, now, manifest.type + "-received", node_of(from), manifest.id,
            manifest.legal_basis.provisions, facts }));
    tell(transaction, number);
    return Disposition { json::word(treaty::Verdict::permitted), law_.version(), {}, {}, {} };
}

Result<Disposition> Casework::receive_forwarded(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto read = json::read_text<message::ForwardedRequest>(text, json::Unknown::keep);
    if (!read.ok()) return rejected(read.error());
    auto forwarded = read.take();
    if (forwarded.original_from == settings_.party)
        return rejected(
            { Error::Kind::malformed, "this State made the request itself", "originalFrom" });
    address_to_us(forwarded.request, law_, settings_, delivered.received_at);
    auto const said = json::write(forwarded);
    return open_request(transaction, delivered,
        { std::move(forwarded.request), forwarded.original_from, delivered.manifest.type, text,
            said.get_object() });
}

} // namespace comity::casework
