#include "http/desk.h"

#include "casework/forms.h"
#include "casework/views.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using store::Transaction;

constexpr std::uint64_t page_max = 200, page_usual = 50;

Result<Response> ok(json::Value const& value, int status = 200)
{
    return json_response(status, value);
}

Date today(DeskRooms const& rooms)
{
    return std::chrono::floor<std::chrono::days>(rooms.clock());
}

Result<std::int64_t> limit_of(Request const& request)
{
    return static_cast<std::int64_t>(
        TRY(number_parameter(request, "limit", 1, page_max, page_usual)));
}

bool has_node(DeskRooms const& rooms, std::string const& state)
{
    return state != rooms.facts.party && rooms.exchange.trust().find(state).ok();
}

Result<Response> read_node(DeskRooms const& rooms)
{
    json::Array peers;
    for (auto const& peer : rooms.exchange.trust().peers())
        if (peer.state != rooms.facts.party)
            peers.push_back(peer_view(
                rooms.store, rooms.exchange, peer.state, rooms.courier.status(peer.state)));
    auto const note = TRY(rooms.store.read(
        [](Transaction& transaction) { return ledger::newest_checkpoint(transaction); }));
    auto const head = TRY(ledger::read_checkpoint(note));
    auto const& facts = rooms.facts;
    return ok(json::Object { { "party", facts.party }, { "unit", facts.unit },
        { "name", facts.name }, { "zone", facts.zone }, { "version", facts.version },
        { "lawVersion", rooms.law.version() }, { "test", facts.test },
        { "clocks", json::write(facts.clocks) }, { "peers", peers },
        { "register",
            json::Object { { "origin", head.origin }, { "size", head.size },
                { "root", to_base64(head.root) }, { "at", to_text(rooms.clock()) } } } });
}

json::Object party_view(DeskRooms const& rooms, treaty::Party const& party, Date on)
{
    json::Object out { { "code", party.code.text() }, { "name", std::string { party.name(on) } },
        { "node", has_node(rooms, party.code.text()) }, { "inForce", party.in_force(on).yes() } };
    if (auto const since = party.in_force_on()) out["inForceFrom"] = to_text(*since);
    auto const units = rooms.law.national_central_unit(party.code, on);
    if (!units.empty()) out["unit"] = units.front()->name;
    return out;
}

json::Value words_of(std::vector<std::string> const& words)
{
    return json::write(words);
}

Result<Response> read_codes(DeskRooms const& rooms)
{
    json::Array parties;
    for (auto const& party : rooms.law.parties())
        parties.push_back(party_view(rooms, party, today(rooms)));
    return ok(json::Object { { "purposes", words_of(json::words<treaty::Purpose>()) },
        { "kinds", words_of(json::words<treaty::Kind>()) },
        { "needGrounds", words_of(json::words<treaty::NeedGround>()) },
        { "refusalGrounds", words_of(json::words<treaty::RefusalGround>()) },
        { "urgencies", words_of(json::words<message::Urgency>()) }, { "parties", parties },
        { "languages", words_of({ "en", "bg", "es", "ro", "sr-Latn", "sr-Cyrl", "sq" }) } });
}

Result<Response> list_request_kinds()
{
    return ok(casework::forms());
}

Result<Response> list_inbox(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const limit = TRY(limit_of(request));
    auto const items = TRY(rooms.casework.inbox(limit, officer_of(session)));
    return ok(json::Object { { "items", json::write(items) } });
}

Result<Response> read_inbox_item(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const item
        = TRY(rooms.casework.inbox_item(request.path_value("number"), officer_of(session)));
    return ok(json::write(item));
}

/// What the reader wants the case for, where that is not what it came for.
Result<casework::Wanted> wanted_by(Request const& request)
{
    casework::Wanted out;
    out.purpose = request.parameter("purpose");
    if (auto const ground = request.parameter("ground")) {
        auto const word = json::from_word<treaty::UseGround>(*ground);
        if (!word)
            return json::detail::unknown_word(*ground, json::words<treaty::UseGround>(), "ground");
        out.ground = *word;
    }
    out.justification = request.parameter("justification").value_or("");
    out.as_evidence = request.parameter("asEvidence") == "true";
    out.onward_to = request.parameter("onwardTo");
    return out;
}

Result<Response> read_case(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const shown = TRY(rooms.casework.open_case(
        request.path_value("number"), officer_of(session), TRY(wanted_by(request))));
    if (shown.refused) return closed_to(*shown.refused);
    return ok(json::write(shown));
}

Result<Response> try_decision(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::RequestDraft>(request));
    auto const outcome = TRY(rooms.casework.try_draft(draft, officer_of(session)));
    return ok(json::Object { { "decision", treaty::write(outcome.decision) },
        { "warnings", json::write(outcome.warnings) },
        { "missing", json::write(outcome.missing) } });
}

Result<Response> send_request(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::RequestDraft>(request));
    auto const outcome = TRY(rooms.casework.send(draft, officer_of(session)));
    json::Object out { { "decision", treaty::write(outcome.decision) } };
    if (outcome.proposal) {
        out["caseNumber"] = draft.case_number.value();
        out["proposal"] = *outcome.proposal;
        return ok(out, 202);
    }
    if (!outcome.message) return ok(out);
    out["caseNumber"] = draft.case_number.value();
    out["messageId"] = *outcome.message;
    return ok(out, 201);
}

json::Object step_view(casework::Composed const& composed)
{
    json::Array decisions;
    for (auto const& each : composed.judged)
        decisions.push_back(
            json::Object { { "what", each.what }, { "decision", treaty::write(each.decision) } });
    json::Object out { { "decisions", decisions }, { "missing", json::write(composed.missing) },
        { "permitted", composed.permitted() } };
    if (composed.closed)
        out["closed"] = json::Object { { "objections", json::write(composed.closed->objections) },
            { "ways", json::write(composed.closed->ways) } };
    return out;
}

Result<Response> try_step(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::StepDraft>(request));
    return ok(step_view(
        TRY(rooms.casework.try_step(request.path_value("number"), draft, officer_of(session)))));
}

Result<Response> take_step(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::StepDraft>(request));
    return step_response(
        TRY(rooms.casework.take_step(request.path_value("number"), draft, officer_of(session))));
}

Result<Response> try_notice(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::NoticeDraft>(request));
    return ok(step_view(TRY(rooms.casework.try_notice(draft, officer_of(session)))));
}

Result<Response> send_notice(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::NoticeDraft>(request));
    return step_response(TRY(rooms.casework.send_notice(draft, officer_of(session))));
}

Result<Response> try_call(DeskRooms const& rooms, Request const& request)
{
    auto const draft = TRY(body_as<casework::CallDraft>(request));
    return ok(step_view(TRY(rooms.casework.try_call(draft))));
}

Result<Response> keep_call(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<casework::CallDraft>(request));
    auto const kept = TRY(rooms.casework.keep_call(draft, officer_of(session)));
    return ok(step_view(kept), kept.permitted() ? 201 : 200);
}

Result<Response> list_messages(DeskRooms const& rooms, Request const& request)
{
    auto const limit = TRY(limit_of(request));
    auto const lines = TRY(rooms.store.read(
        [&](Transaction& transaction) { return casework::message_lines(transaction, limit); }));
    return ok(json::Object { { "messages", json::write(lines) } });
}

Result<Response> read_message(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const shown = TRY(rooms.store.read([&](Transaction& transaction) {
        return casework::message_view(transaction, request.path_value("id"));
    }));
    auto const officer = officer_of(session);
    if (auto const refused = TRY(rooms.casework.refused_to_read(shown.case_number, officer)))
        return closed_to(*refused);
    return ok(json::write(shown));
}

Result<Response> list_register(DeskRooms const& rooms, Request const& request)
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    auto const before = TRY(number_parameter(request, "before", 0, most, most));
    auto const limit = static_cast<std::uint64_t>(TRY(limit_of(request)));
    auto const page = TRY(rooms.store.read([&](Transaction& transaction) {
        return casework::register_page(transaction, before, limit);
    }));
    return ok(json::write(page));
}

/// The register is for the supervision of data protection. What vouches for a message is part of
/// its case, for whoever may read that.
Result<std::optional<access::Refusal>> refused_to_prove(
    DeskRooms const& rooms, std::uint64_t index, Session const& session)
{
    if (session.may(Action::read_register)) return std::optional<access::Refusal> {};
    auto const number = TRY(rooms.store.read(
        [&](Transaction& transaction) { return casework::case_of_entry(transaction, index); }));
    if (number) return rooms.casework.refused_to_read(*number, officer_of(session));
    return std::optional { access::Refusal { "A31(4)(e)-4",
        "The register serves the supervision of data protection, and no case is about this "
        "entry." } };
}

Result<Response> prove_entry(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const& text = request.path_value("index");
    std::uint64_t index = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (code != std::errc {} || end != text.data() + text.size())
        return Error { Error::Kind::malformed, "index must be a whole number from 0", "index" };
    if (auto const refused = TRY(refused_to_prove(rooms, index, session)))
        return closed_to(*refused);
    auto const proof = TRY(rooms.store.read([&](Transaction& transaction) {
        return casework::entry_proof(transaction, index, rooms.ledger.verifier());
    }));
    return ok(json::write(proof));
}

Result<Response> list_provisions()
{
    json::Array out;
    for (auto const* provision : treaty::provisions())
        out.push_back(json::Object {
            { "id", provision->id }, { "title", provision->title }, { "text", provision->law } });
    return ok(json::Object { { "provisions", out } });
}

Result<Response> list_parties(DeskRooms const& rooms, Request const& request)
{
    auto const asked = request.parameter("on");
    auto const on = asked ? parse_date(*asked) : Result<Date> { today(rooms) };
    if (!on.ok()) return Error { Error::Kind::malformed, on.error().what, "on" };
    json::Array out;
    for (auto const& party : rooms.law.parties())
        out.push_back(party_view(rooms, party, on.value()));
    return ok(json::Object { { "parties", out } });
}

Result<Response> follow_events(DeskRooms const& rooms, Request const& request)
{
    auto const size
        = TRY(rooms.store.read([](Transaction& transaction) { return ledger::size(transaction); }));
    std::vector<Event> const if_lost { { "inbox", "{}" },
        { "register", fmt::format(R"({{"size":{}}})", size) } };
    Response response;
    response.events = TRY(rooms.events.follow(TRY(last_event_id(request)), if_lost));
    return response;
}

} // namespace

casework::Officer officer_of(Session const& session)
{
    auto const& account = session.account;
    casework::Officer out { account.id, account.display_name,
        static_cast<std::uint8_t>(account.clearance.level) };
    out.compartments = account.clearance.compartments;
    out.keeps_desk = session.may(Action::assign_case);
    out.may_break_in = session.may(Action::open_in_emergency);
    out.sees_all = session.may(Action::supervise_cases);
    return out;
}

Response step_response(casework::TakenStep const& taken)
{
    auto out = step_view(taken.composed);
    out["messages"] = json::write(taken.messages);
    if (taken.proposal) out["proposal"] = *taken.proposal;
    return json_response(taken.proposal ? 202 : taken.messages.empty() ? 200 : 201, out);
}

Response closed_to(access::Refusal const& refused)
{
    // A31(4)(d) sets apart who does what: the case is open to him, the act is another officer's.
    auto const* field = refused.provision == "A31(4)(d)" ? "officer" : "access";
    return refusal(Error { Error::Kind::not_permitted, refused.what, field },
        json::Object { { "provision", refused.provision } });
}

json::Object peer_view(store::Store& store, exchange::Exchange const& exchange,
    std::string const& state, exchange::PeerStatus const& status)
{
    auto const queued = store.read(
        [&](Transaction& transaction) { return exchange::queued_for(transaction, state); });
    auto const peer = exchange.trust().find(state);
    json::Object out { { "party", state }, { "unit", peer.ok() ? peer.value().unit : "" },
        { "reachable", status.reachable }, { "queued", queued.ok() ? queued.value() : 0 } };
    if (status.last_contact_at) out["lastContactAt"] = to_text(*status.last_contact_at);
    return out;
}

std::vector<Endpoint> desk_endpoints(DeskRooms const& rooms)
{
    auto const with = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](
                   Request const& request, Session const*) { return function(rooms, request); };
    };
    auto const plain = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const&, Session const*) { return function(rooms); };
    };
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    auto const kinds = [](Request const&, Session const*) { return list_request_kinds(); };
    auto const provisions = [](Request const&, Session const*) { return list_provisions(); };
    return {
        { "GET", "/v1/node", "read_node", Action::read_node, plain(read_node) },
        { "GET", "/v1/codes", "read_codes", Action::read_law, plain(read_codes) },
        { "GET", "/v1/request-kinds", "list_request_kinds", Action::read_law, kinds },
        { "GET", "/v1/inbox", "list_inbox", Action::read_cases, by_officer(list_inbox) },
        { "GET", "/v1/inbox/{number}", "read_inbox_item", Action::read_cases,
            by_officer(read_inbox_item) },
        { "GET", "/v1/cases/{number}", "read_case", Action::read_cases, by_officer(read_case) },
        { "POST", "/v1/cases/{number}/step-decisions", "try_step", Action::decide_case,
            by_officer(try_step) },
        { "POST", "/v1/cases/{number}/steps", "take_step", Action::decide_case,
            by_officer(take_step) },
        { "POST", "/v1/notice-decisions", "try_notice", Action::inform_party,
            by_officer(try_notice) },
        { "POST", "/v1/notices", "send_notice", Action::inform_party, by_officer(send_notice) },
        { "POST", "/v1/call-decisions", "try_call", Action::send_request, with(try_call) },
        { "POST", "/v1/calls", "keep_call", Action::send_request, by_officer(keep_call) },
        { "POST", "/v1/decisions", "try_decision", Action::send_request, by_officer(try_decision) },
        { "POST", "/v1/requests", "send_request", Action::send_request, by_officer(send_request) },
        { "GET", "/v1/messages", "list_messages", Action::read_cases, with(list_messages) },
        { "GET", "/v1/messages/{id}", "read_message", Action::read_cases,
            by_officer(read_message) },
        { "GET", "/v1/register", "list_register", Action::read_register, with(list_register) },
        { "GET", "/v1/register/{index}/proof", "prove_entry", Action::read_cases,
            by_officer(prove_entry) },
        { "GET", "/v1/treaty/provisions", "list_provisions", Action::read_law, provisions },
        { "GET", "/v1/treaty/parties", "list_parties", Action::read_law, with(list_parties) },
        { "GET", "/v1/events", "follow_events", Action::follow_events, with(follow_events),
            access::Use::by_itself },
    };
}

} // namespace comity::http
