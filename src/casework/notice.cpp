#include "casework/notice.h"

#include "casework/arrival.h"
#include "casework/casework.h"
#include "message/content.h"
#include "message/words_of.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {
namespace {

using message::Type;
using treaty::Measure;
namespace fact = treaty::fact;
using exchange::Delivered;
using exchange::Disposition;
using store::Transaction;

constexpr NoticeKind kinds[] = {
    { Type::spontaneous_information, Measure::spontaneous_information, "need-assumed" },
    { Type::case_bulletin, Measure::case_bulletin, "personal-data" },
    { Type::event_notice, Measure::event_notice, "personal-data" },
    { Type::planning_notice, Measure::planning_notice, "personal-data" },
    { Type::situation_report, Measure::situation_report, "personal-data last-joint-analysis" },
    { Type::migration_report, Measure::migration_exchange,
        "personal-data planned-measure-important" },
};

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

bool speaks_of(json::Object const& content, std::string_view member)
{
    auto const* value = content.if_contains(member);
    if (!value) return false;
    return value->is_array() ? !value->get_array().empty() : !text_at(content, member).empty();
}

/// What the content itself says to the law.
void tell_content(treaty::Facts& facts, Type type, json::Object const& content)
{
    auto const* period = content.if_contains("period");
    if (type == Type::event_notice && period && period->is_object())
        if (auto const from = parse_instant(text_at(period->get_object(), "from")); from.ok())
            facts.tell(fact::event_at, from.value());
    if (type == Type::spontaneous_information && !text_at(content, "facts").empty())
        facts.tell(
            fact::proven_facts, text_at(content, "facts").substr(0, treaty::Facts::text_bytes_max));
    if (auto const word = json::from_word<treaty::ReportOccasion>(text_at(content, "occasion")))
        facts.tell(fact::report_occasion, *word);
    if (type != Type::migration_report) return;
    facts.tell(fact::flows_reported, speaks_of(content, "flows"));
    facts.tell(fact::volume_reported, speaks_of(content, "flows"));
    facts.tell(fact::structure_reported, speaks_of(content, "composition"));
    facts.tell(fact::destinations_reported, speaks_of(content, "destinations"));
    facts.tell(fact::routes_reported, speaks_of(content, "routes"));
    facts.tell(fact::transport_reported, speaks_of(content, "meansOfTransport"));
    facts.tell(fact::smugglers_reported, speaks_of(content, "smugglingOrganisation"));
}

Result<treaty::Situation> situation_of(treaty::Law const& law, Settings const& settings,
    NoticeKind const& kind, NoticeDraft const& draft, json::Object const& content, Instant now)
{
    // Route, seal, authorities and words of purpose are those of a request to the same Party.
    RequestDraft as_request;
    as_request.to = draft.to;
    as_request.purpose = draft.purpose;
    as_request.offence = draft.offence;
    as_request.case_number = draft.case_number;
    as_request.erase_by = draft.erase_by;
    as_request.urgency = draft.urgency;
    as_request.classification = draft.classification;
    auto out = TRY(casework::situation_of(law, settings, as_request, now));
    out.measure = kind.measure;
    if (kind.type != Type::spontaneous_information) out.facts.forget(fact::personal_data);
    tell_content(out.facts, kind.type, content);
    out.facts = TRY(with_stated(out.facts, draft.facts.value_or(json::Object {}), kind.facts));
    return out;
}

/// The lists that a struct must have, and the purpose, which stands in the content too.
json::Object whole(NoticeKind const& kind, NoticeDraft const& draft)
{
    auto out = draft.content.value_or(json::Object {});
    if (kind.type == Type::spontaneous_information) {
        if (draft.purpose && !draft.purpose->empty()) out["purpose"] = *draft.purpose;
        if (!out.contains("handling"))
            out["handling"] = json::Object { { "codes", json::Array {} } };
    }
    for (auto const& member : message::shape_of(kind.type).members)
        if (member.shape->form == message::Shape::Form::list && !member.optional
            && !out.contains(member.name))
            out[member.name] = json::Array {};
    return out;
}

Result<std::vector<std::string>> missing_in(NoticeKind const& kind, json::Object const& content)
{
    auto missing = message::missing_of(message::shape_of(kind.type), content);
    if (!missing.ok()) {
        auto error = missing.error();
        error.field = "content." + error.field;
        return error;
    }
    auto out = missing.take();
    for (auto& path : out) path = path == "purpose" ? path : "content." + path;
    return out;
}

} // namespace

std::span<NoticeKind const> notice_kinds()
{
    return kinds;
}

NoticeKind const* find_notice_kind(std::string_view type)
{
    auto const found = std::ranges::find_if(
        kinds, [&](NoticeKind const& kind) { return json::word(kind.type) == type; });
    return found == std::end(kinds) ? nullptr : found;
}

std::string subject_line(json::Object const& content)
{
    for (auto const* member : { "subject", "name", "summary" })
        if (auto const text = text_at(content, member); !text.empty()) return text.substr(0, 200);
    return {};
}

Result<Composed> compose(
    treaty::Law const& law, Settings const& settings, NoticeDraft const& draft, Instant now)
{
    auto const* kind = find_notice_kind(draft.type);
    if (!kind) return malformed("type", fmt::format("'{}' is no notice", draft.type));
    if (draft.files && !draft.files->empty() && !takes_files(kind->type))
        return malformed("files", fmt::format("{} takes no files along", draft.type));
    auto const content = whole(*kind, draft);
    auto situation = TRY(situation_of(law, settings, *kind, draft, content, now));
    Composed out;
    out.missing = TRY(missing_in(*kind, content));
    if (!draft.case_number || draft.case_number->empty()) out.missing.emplace_back("caseNumber");
    if (!draft.purpose || draft.purpose->empty()) out.missing.emplace_back("purpose");
    auto const decision = treaty::decide(law, situation);
    for (auto& path : casework::missing_of(draft.classification))
        out.missing.push_back(std::move(path));
    bool const personal = situation.facts.number(fact::personal_data.id) != 0;
    int const level = draft.classification ? draft.classification->level : 0;
    auto const way = stamp_of(law, { situation.requesting, situation.requested, level }, now);
    exchange::Outgoing outgoing { kind->type, draft.to.value_or(""),
        { draft.case_number.value_or(""), {} } };
    outgoing.legal_basis = { "PCC SEE", provisions_held(decision), law.version() };
    outgoing.verdict = json::word(decision.verdict);
    outgoing.purpose = draft.purpose.value_or("");
    outgoing.urgency = json::from_word<message::Urgency>(draft.urgency.value_or(""))
                           .value_or(message::Urgency::routine);
    outgoing.personal_data = personal;
    outgoing.classification = way.classification;
    outgoing.channel = way.channel;
    if (personal && draft.erase_by)
        outgoing.retention = message::Retention { *draft.erase_by, "A31(4)(b)-1" };
    out.letters.push_back({ std::move(outgoing), content, json::word(kind->type) + "-sent" });
    out.judged.push_back({ "notice", std::move(situation), decision });
    out.state = CaseState::informed;
    out.facts = { { "party", draft.to.value_or("") } };
    return out;
}

Result<Composed> Casework::try_notice(NoticeDraft const& draft, Officer const& officer) const
{
    auto out = TRY(compose(law_, settings_, draft, clock_()));
    hold_to_clearance(law_, officer, out);
    return out;
}

Result<TakenStep> Casework::send_notice(NoticeDraft const& draft, Officer const& officer)
{
    return send_notice_as(draft, officer, nullptr);
}

Result<TakenStep> Casework::send_notice_as(
    NoticeDraft const& draft, Officer const& officer, Confirmation const* confirmation)
{
    auto const now = clock_();
    TakenStep out;
    out.composed = TRY(try_notice(draft, officer));
    auto const& judged = out.composed.judged.front();
    if (judged.decision.verdict != treaty::Verdict::permitted) return out;
    if (!out.composed.missing.empty())
        return malformed(out.composed.missing.front(),
            fmt::format("{} is missing", out.composed.missing.front()));
    if (auto const act = guarded(settings_.four_eyes, draft.type, {}); act && !confirmation) {
        auto const told = json::write(draft).as_object();
        out.proposal
            = TRY(propose_case({ *draft.case_number, {}, draft.type, *draft.purpose, {},
                                   settings_.party, *draft.to, CaseState::proposed, now, {}, {} },
                { *draft.case_number, draft.type, *draft.purpose, *act, told, draft.erase_by,
                    officer, out.composed.letters.front().outgoing.classification.level }));
        return out;
    }
    auto& letter = out.composed.letters.front();
    auto outgoing = letter.outgoing;
    auto const files = draft.files.value_or(std::vector<FileNumber> {});
    outgoing.attachments = TRY(
        files_.outgoing(files, confirmation ? confirmation->proposal.account : officer.account));
    name_files(letter.content, outgoing.type, outgoing.attachments);
    outgoing.handling = handling_codes(letter.content);
    auto const text = json::print(letter.content);
    outgoing.parts
        = { { json::word(outgoing.type), message::schema_of(outgoing.type), to_bytes(text) } };
    auto const sealed = TRY(exchange_.seal(std::move(outgoing)));
    out.messages
        = TRY(store_.write([&](Transaction& transaction) -> Result<std::vector<std::string>> {
              auto const& number = *draft.case_number;
              if (!confirmation && TRY(find_case(transaction, number)))
                  return Error { Error::Kind::conflict, "this case number is in use already",
                      "caseNumber" };
              if (!confirmation) TRY(enter_maker(transaction, number, officer, now));
              auto const id = TRY(exchange_.submit(transaction, sealed));
              TRY(put_case(transaction,
                  { number, {}, draft.type, *draft.purpose, {}, settings_.party, *draft.to,
                      CaseState::informed, now, {}, id }));
              TRY(keep_sent(transaction, sealed.manifest,
                  { { id, number, draft.type }, text, {},
                      { {}, subject_line(letter.content), draft.offence.value_or("") },
                      { { "sender", settings_.party, now,
                          treaty::record(judged.situation, judged.decision) } } },
                  letter.content, officer.account));
              TRY(insert_event(transaction,
                  { number, now, now, letter.act, officer.name, id,
                      provisions_held(judged.decision), out.composed.facts }));
              if (confirmation) TRY(settle_proposal(transaction, *confirmation, id));
              tell(transaction, number);
              return std::vector { id };
          }));
    files_.left(files);
    return out;
}

Result<Disposition> Casework::receive_notice(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const now = delivered.received_at;
    auto const parsed = json::parse(text);
    if (!parsed.ok()) return rejected(parsed.error());
    auto const number = incoming_number(from, manifest.case_reference.ours);
    if (TRY(find_case(transaction, number)))
        return rejected({ Error::Kind::conflict,
            "a case of this number is here already; a notice has a number of its own",
            "caseReference.ours" });
    auto const& said = parsed.value().as_object();
    auto const kept = keep_received(transaction, supplied_by(manifest),
        { { manifest.id, number, manifest.type }, text, {}, { {}, subject_line(said), {} }, {} },
        said);
    if (!kept.ok() && is_fault_of_message(kept.error())) return rejected(kept.error());
    if (!kept.ok()) return kept.error();
    TRY(put_case(transaction,
        { number, manifest.case_reference.ours, manifest.type, manifest.purpose, {}, from,
            settings_.party, CaseState::informed, now, {}, manifest.id }));
    TRY(insert_event(transaction,
        { number, manifest.created_at, now, manifest.type + "-received", node_of(from), manifest.id,
            manifest.legal_basis.provisions, { { "party", from } } }));
    tell(transaction, number);
    return Disposition { json::word(treaty::Verdict::permitted), law_.version(), {}, {}, {} };
}

} // namespace comity::casework
