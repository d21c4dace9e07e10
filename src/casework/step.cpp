#include "casework/step.h"

#include "casework/call.h"
#include "casework/request_kind.h"
#include "message/content.h"
#include "message/words_of.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {
namespace {

using message::Type;

constexpr std::string_view of_request = "judicial-reserved";
constexpr std::string_view of_answer
    = "judicial-reserved special-methods protection-guaranteed pending-permit-listed";
constexpr std::string_view answerable = "received partly-answered clarification";

constexpr Step all_steps[] = {
    { Type::answer, Side::requested, answerable,
        "result vehicles persons documents subscribers objects assets statements groups text "
        "evaluation handling",
        of_answer },
    { Type::partial_answer, Side::requested, answerable, "answer outstanding expectedBy",
        of_answer },
    { Type::clarification_request, Side::requested, "received partly-answered",
        "questions answerBy", "personal-data" },
    { Type::conditions, Side::requested, "received partly-answered clarification",
        "conditions answerBy", "refusal-ground" },
    { Type::forwarding_notice, Side::requested, "received clarification",
        "competentAuthority competentState", of_request },
    { Type::refusal, Side::requested, "received partly-answered clarification conditions",
        "ground text partial", "" },
    { Type::clarification, Side::requesting, "clarification", "answers", "" },
    { Type::conditions_answer, Side::requesting, "conditions", "accepted conditionsAccepted text",
        "" },
    { Type::request_withdrawal, Side::requesting,
        "waiting partly-answered conditions clarification", "reason destroyReceived", "" },
    { Type::oral_request_confirmation, Side::requesting, "waiting", "", "" },
};

bool has_word(std::string_view words, std::string_view word)
{
    bool found = false;
    message::each_word(words, [&](std::string_view each) { found |= each == word; });
    return found;
}

bool is_true(json::Object const& content, std::string_view member)
{
    auto const* value = content.if_contains(member);
    return value && value->is_bool() && value->get_bool();
}

CaseState open_state(Side at)
{
    return at == Side::requesting ? CaseState::waiting : CaseState::received;
}

Side side_of(CaseRow const& row, std::string_view own)
{
    return row.requesting == own ? Side::requesting : Side::requested;
}

/// What a step of ours answers: the request, or the last thing that was said to us.
std::string_view answered_type(CaseState state)
{
    if (state == CaseState::conditions) return json::word(Type::conditions);
    return json::word(Type::clarification_request);
}

Result<message::InReplyTo> reply_to_message(exchange::Stored const& stored)
{
    return message::InReplyTo { stored.id, to_hex(crypto::sha256(stored.manifest)) };
}

/// That it went on, by the timeline, and that nothing came back against that.
std::optional<PassedOn> passed_on_in(std::span<Event const> events)
{
    std::optional<PassedOn> out;
    for (auto const& each : events) {
        if (each.act == "forwarded-request-sent" && each.message)
            out = PassedOn { text_at(each.facts, "party"), *each.message };
        bool const rejected = each.act == "message-not-taken" || each.act == "delivery-failed";
        if (rejected && out && each.message == out->message) out.reset();
    }
    return out;
}

} // namespace

std::span<Step const> steps()
{
    return all_steps;
}

Step const* find_step(std::string_view type)
{
    auto const found = std::ranges::find_if(
        all_steps, [&](Step const& step) { return json::word(step.type) == type; });
    return found == std::end(all_steps) ? nullptr : found;
}

std::vector<std::string> open_steps(CaseRow const& row, std::string_view own)
{
    std::vector<std::string> out;
    if (!find_request_kind(row.kind)) return out; // a room above has steps of its own
    bool const to_confirm = row.called_at && !row.confirmed_at && row.requesting == own;
    for (auto const& step : all_steps)
        if (step.side == side_of(row, own) && has_word(step.from, json::word(row.state))
            && (step.type == Type::oral_request_confirmation) == to_confirm)
            out.push_back(json::word(step.type));
    return out;
}

CaseState state_after(Step const& step, json::Object const& content, Side at)
{
    switch (step.type) {
    case Type::answer: return CaseState::answered;
    case Type::partial_answer: return CaseState::partly_answered;
    case Type::clarification_request: return CaseState::clarification;
    case Type::conditions: return CaseState::conditions;
    case Type::refusal:
        return is_true(content, "partial") ? CaseState::partly_answered : CaseState::refused;
    case Type::oral_request_confirmation:
    case Type::clarification: return open_state(at);
    case Type::conditions_answer:
        return is_true(content, "accepted") ? open_state(at) : CaseState::withdrawn;
    case Type::request_withdrawal: return CaseState::withdrawn;
    // Whoever asked goes on waiting: for another authority.
    case Type::forwarding_notice:
        return at == Side::requested ? CaseState::forwarded : CaseState::waiting;
    default: break;
    }
    MUST(false);
    return open_state(at);
}

bool Composed::permitted() const
{
    return !closed && missing.empty() && std::ranges::all_of(judged, [](Judged const& each) {
        return each.decision.verdict == treaty::Verdict::permitted;
    });
}

Result<message::Request> request_in(Body const& body)
{
    auto const content = TRY(json::parse(body.text));
    auto const* inner = body.type == json::word(Type::request) || !content.is_object()
        ? &content
        : content.get_object().if_contains("request");
    if (!inner) return Error { Error::Kind::malformed, "no request is in this message", "request" };
    return json::read<message::Request>(*inner, json::Unknown::keep);
}

Result<CaseFile> case_file(store::Transaction& transaction, protection::Vault& vault,
    std::string_view number, std::string_view own, Officer const& officer)
{
    auto const row = TRY(find_case(transaction, number));
    if (!row)
        return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number),
            "number" };
    CaseFile out { .row = *row, .request = {} };
    for (auto& each : TRY(open_contents(
             transaction, vault, *row, officer, { .operation = protection::Operation::use }))) {
        if (each.body.message == row->request_message && !each.judgement.permitted())
            out.closed = each.judgement;
        for (auto& decision : each.decisions)
            if (decision.role == "sender" && decision.party == own)
                out.own_decision = std::move(decision.decision);
        out.bodies.push_back(std::move(each.body));
    }
    auto const request = std::ranges::find(out.bodies, row->request_message, &Body::message);
    if (row->request_message.empty() || request == out.bodies.end())
        return Error { Error::Kind::conflict, "the request of this case is not here any more",
            "number" };
    if (out.closed) return out;
    out.request = TRY(request_in(*request));
    if (auto const kept = TRY(find_content(transaction, request->message))) out.level = kept->level;
    if (request->type == kept_call) return out; // Nothing in writing yet.
    out.request_message = TRY(exchange::message_by_id(transaction, row->request_message));
    out.manifest = TRY(json::read_text<message::Manifest>(
        as_text(out.request_message->manifest), json::Unknown::keep));
    if (side_of(*row, own) == Side::requested) {
        out.replied_to = TRY(reply_to_message(*out.request_message));
        out.passed_on = passed_on_in(TRY(events_of(transaction, number)));
        return out;
    }
    for (auto const& body : out.bodies)
        if (body.type == answered_type(row->state))
            out.replied_to
                = TRY(reply_to_message(TRY(exchange::message_by_id(transaction, body.message))));
    return out;
}

} // namespace comity::casework
