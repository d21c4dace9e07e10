#include "casework/arrival.h"
#include "casework/draft.h"
#include "identification/sampling.h"

#include <fmt/format.h>

/// A request for a sample and its answers as they come in, each in the commit that stores it.
namespace comity::identification {

using casework::CaseState;
using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

namespace {

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

template <class Body> Result<Body> body_of(Delivered const& delivered)
{
    return json::read_text<Body>(as_text(delivered.parts.at(0).content), json::Unknown::keep);
}

} // namespace

Result<Disposition> Sampling::receive_request(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const now = delivered.received_at;
    auto const read = body_of<message::DnaSamplingRequest>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& request = read.value();
    auto const number = casework::incoming_number(from, request.case_number);
    if (TRY(casework::find_case(transaction, number)))
        return casework::rejected(malformed("caseNumber", number + " is in use"));
    auto const situation = situation_of(ways(), { request, manifest }, {}, now);
    if (!situation.ok()) return casework::rejected(situation.error());
    auto const decision = treaty::decide(rooms_.law, situation.value());
    auto const due = now + casework::answer_target(json::word(manifest.urgency));
    auto const kept = rooms_.casework.keep(transaction, manifest, number,
        as_text(delivered.parts.at(0).content), heading_of(request),
        { { "receiver", settings_.party, now, treaty::record(situation.value(), decision) } });
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    TRY(casework::put_case(transaction,
        { number, request.case_number, std::string { sampling_kind }, manifest.purpose, {}, from,
            settings_.party, CaseState::received, now, due, manifest.id }));
    json::Object const facts { { "party", from }, { "verdict", json::word(decision.verdict) } };
    TRY(casework::insert_event(transaction,
        { number, manifest.created_at, now, "dna-sampling-asked", casework::node_of(from),
            manifest.id, manifest.legal_basis.provisions, facts }));
    TRY(casework::insert_event(transaction,
        { number, now, now, "request-judged", casework::node_of(settings_.party), manifest.id,
            provisions_held(decision), facts }));
    rooms_.casework.tell(transaction, number);
    return Disposition { json::word(decision.verdict), rooms_.law.version(),
        casework::checks_of(decision), {}, due };
}

Result<Disposition> Sampling::receive_answer(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const read = body_of<message::DnaSamplingAnswer>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& answer = read.value();
    auto const number = manifest.case_reference.yours.value_or("");
    auto const row = TRY(casework::find_case(transaction, number));
    if (!row || row->kind != sampling_kind || row->requesting != settings_.party
        || row->requested != from)
        return casework::rejected({ Error::Kind::not_found,
            fmt::format("no sample between us has the number '{}'", number), "caseReference" });
    if (!waits_for(row->state, answer.sampling_step))
        return casework::rejected(malformed("samplingStep",
            fmt::format("a sample that is {} here waits for no '{}'", json::word(row->state),
                json::word(answer.sampling_step))));
    if (answer.sampling_step == message::SamplingStep::typed) {
        auto const rules = TRY(rules_with(from));
        auto const checked = check_typed(answer, rules, rooms_.database.knowledge().table);
        if (!checked.ok()) return casework::rejected(checked.error());
    }
    auto const kept = rooms_.casework.keep(
        transaction, manifest, number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    TRY(note(transaction, *row, answer,
        { {}, manifest.created_at, delivered.received_at, {}, casework::node_of(from), manifest.id,
            manifest.legal_basis.provisions }));
    return Disposition { json::word(treaty::Verdict::permitted), rooms_.law.version(), {}, {}, {} };
}

} // namespace comity::identification
