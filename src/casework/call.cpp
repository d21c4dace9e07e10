#include "casework/call.h"

#include "casework/arrival.h"
#include "casework/request_kind.h"
#include "message/content.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using store::Transaction;
namespace fact = treaty::fact;

/// What the call itself still needs, by its field.
std::vector<std::string> missing_of_call(CallDraft const& draft)
{
    std::vector<std::string> out;
    auto const need = [&](std::optional<std::string> const& text, char const* field) {
        if (!text || text->empty()) out.emplace_back(field);
    };
    if (!draft.called_at) out.emplace_back("calledAt");
    need(draft.caller, "caller");
    need(draft.callee, "callee");
    need(draft.gist, "gist");
    need(draft.request.kind, "kind");
    need(draft.request.purpose, "purpose");
    need(draft.request.case_number, "caseNumber");
    return out;
}

Result<void> check_call(CallDraft const& draft, Instant now)
{
    if (draft.called_at && *draft.called_at > now)
        return Error { Error::Kind::malformed, "the call lies in the future", "calledAt" };
    for (auto const& [text, field, most] :
        { std::tuple { draft.caller, "caller", 500U }, std::tuple { draft.callee, "callee", 500U },
            std::tuple { draft.gist, "gist", 4000U } })
        if (text && text->size() > most)
            return Error { Error::Kind::too_large,
                fmt::format("{} has {} bytes, {} at most", field, text->size(), most), field };
    return {};
}

/// The id of a Party's National Central Unit, empty where none is known on that day.
std::string unit_id(treaty::Law const& law, std::string_view party, Instant at)
{
    auto const code = treaty::PartyCode::parse(party).value();
    auto const units = law.national_central_unit(code, std::chrono::floor<std::chrono::days>(at));
    return units.empty() ? std::string {} : units.front()->id;
}

/// They called: what they ask is what was said, until it comes in writing.
message::Request as_said(
    CallDraft const& draft, treaty::Law const& law, std::string_view own, Instant at)
{
    message::Request out {};
    out.kind = draft.request.kind.value();
    out.case_number = draft.request.case_number.value();
    out.purpose = draft.request.purpose.value();
    out.offence = draft.request.offence.value_or("");
    out.requesting_authority = unit_id(law, *draft.from, at);
    out.requested_authority = unit_id(law, own, at);
    out.medium = json::word(treaty::Medium::oral);
    out.text = draft.gist;
    out.decision = json::Object {};
    return out;
}

} // namespace

std::string id_of_call(std::string_view case_number)
{
    return fmt::format("{}/{}", kept_call, case_number);
}

bool is_call(std::string_view id)
{
    return id.starts_with(kept_call) && id.substr(kept_call.size()).starts_with('/');
}

Result<Composed> Casework::try_call(CallDraft const& draft) const
{
    TRY(check_call(draft, clock_()));
    Composed out;
    out.missing = missing_of_call(draft);
    if (draft.from && *draft.from != settings_.party) {
        out.state = CaseState::received; // What was said was said: there is nothing to permit.
        auto const from = treaty::PartyCode::parse(*draft.from);
        if (!from.ok() || !law_.party(from.value()))
            return Error { Error::Kind::malformed, "the State that called is no Party", "from" };
        if (draft.request.kind && !find_request_kind(*draft.request.kind))
            return Error { Error::Kind::malformed, "this kind of request is not known", "kind" };
        return out;
    }
    auto situation = TRY(situation_of(law_, settings_, draft.request, clock_()));
    situation.facts.tell(fact::medium, treaty::Medium::oral);
    auto decision = treaty::decide(law_, situation);
    out.judged.push_back({ "request", std::move(situation), std::move(decision) });
    for (auto const& path : missing_of(draft.request))
        if (path != "caseNumber") out.missing.push_back(path);
    return out;
}

Result<Composed> Casework::keep_call(CallDraft const& draft, Officer const& officer)
{
    auto out = TRY(try_call(draft));
    for (auto const& each : out.judged)
        if (each.decision.verdict != treaty::Verdict::permitted) return out;
    if (!out.missing.empty())
        return Error { Error::Kind::malformed, fmt::format("{} is missing", out.missing.front()),
            out.missing.front() };
    auto const now = clock_();
    bool const ours = !draft.from || *draft.from == settings_.party;
    auto const& peer = ours ? draft.request.to.value() : *draft.from;
    auto const& own_number = draft.request.case_number.value();
    auto const number = ours ? own_number : incoming_number(peer, own_number);
    auto const decision = ours ? treaty::record(out.judged[0].situation, out.judged[0].decision)
                               : json::Value { json::Object {} };
    auto const request = ours ? request_of(law_, settings_, draft.request, decision, now)
                              : as_said(draft, law_, settings_.party, now);
    message::OralRequestConfirmation const call { *draft.called_at, *draft.caller, *draft.callee,
        *draft.gist, request };
    auto body = json::write(call).get_object();
    body["urgency"] = draft.request.urgency.value_or("urgent");
    if (draft.request.erase_by) body["eraseBy"] = to_text(*draft.request.erase_by);
    TRY(store_.write([&](Transaction& transaction) -> Result<void> {
        if (TRY(find_case(transaction, number)))
            return Error { Error::Kind::conflict, "this case number is in use already",
                "caseNumber" };
        TRY(enter_maker(transaction, number, officer, now));
        auto const id = id_of_call(number);
        auto const due = *draft.called_at + answer_target(draft.request.urgency.value_or("urgent"));
        TRY(put_case(transaction,
            { number, ours ? std::string {} : own_number, request.kind, request.purpose,
                request.need_ground, ours ? settings_.party : peer, ours ? peer : settings_.party,
                ours ? CaseState::waiting : CaseState::received, *draft.called_at, due, id,
                draft.called_at, {}, draft.request.facts.value_or(json::Object {}) }));
        auto const text = json::print(body);
        NewContent content { { id, number, std::string { kept_call } }, text, {},
            heading_of(request), {} };
        content.label = label_of(settings_,
            { ours ? settings_.party : peer, request.purpose, { "A4(6)-3" },
                draft.request.erase_by },
            kept_call, body, now);
        if (ours) content.decisions.push_back({ "sender", settings_.party, now, decision });
        TRY(keep_content(transaction, vault_, content, officer.account));
        TRY(insert_event(transaction,
            { number, *draft.called_at, now, ours ? "oral-request-made" : "oral-request-taken",
                officer.name, {},
                ours ? provisions_held(out.judged[0].decision)
                     : std::vector<std::string> { "A4(6)-3" },
                { { "party", peer } } }));
        tell(transaction, number);
        return {};
    }));
    return out;
}

Result<exchange::Disposition> Casework::receive_confirmation(
    Transaction& transaction, exchange::Delivered const& delivered, std::string_view text)
{
    auto read = json::read_text<message::OralRequestConfirmation>(text, json::Unknown::keep);
    if (!read.ok()) return rejected(read.error());
    auto confirmation = read.take();
    auto const said = json::write(confirmation);
    return open_request(transaction, delivered,
        { std::move(confirmation.request), delivered.manifest.from.state, delivered.manifest.type,
            text, said.get_object(), confirmation.called_at, delivered.received_at });
}

} // namespace comity::casework
