#include "casework/reply.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace comity::casework {
namespace {

using treaty::Verdict;

/// The two decisions that an answer needs.
struct Judgement {
    treaty::Situation received, answering;
    treaty::Decision request, answer;
    Date last_day; ///< Erase-by of what is answered.

    bool incomplete() const
    {
        return request.verdict == Verdict::incomplete || answer.verdict == Verdict::incomplete;
    }
    bool permitted() const
    {
        return request.verdict == Verdict::permitted && answer.verdict == Verdict::permitted;
    }
};

Result<Judgement> judge(treaty::Law const& law, Settings const& settings, Question const& question,
    message::Manifest const& manifest, Instant now)
{
    auto const& from = question.requesting;
    json::Object const nothing_stated;
    auto received = TRY(situation_of(law, settings,
        Received { question.request, from, erase_by(manifest),
            manifest.urgency != message::Urgency::routine, manifest.personal_data, nothing_stated },
        question.message.at));
    auto const last_day = usual_erase_by(settings, now);
    Answering answer_back { .request = question.request, .to = from, .stated = nothing_stated };
    answer_back.personal_data = !question.vehicles.empty();
    answer_back.erase_by = last_day;
    auto answering = TRY(answer_situation(settings, answer_back, now));
    auto request = treaty::decide(law, received);
    auto answer = treaty::decide(law, answering);
    return Judgement { std::move(received), std::move(answering), std::move(request),
        std::move(answer), last_day };
}

exchange::Outgoing envelope_of(treaty::Law const& law, Question const& question,
    message::Manifest const& manifest, Judgement const& judgement)
{
    bool const permitted = judgement.permitted();
    exchange::Outgoing out { permitted ? message::Type::answer : message::Type::refusal,
        question.requesting, { question.number, question.request.case_number } };
    out.in_reply_to
        = message::InReplyTo { manifest.id, to_hex(crypto::sha256(question.message.manifest)) };
    out.legal_basis = { "PCC SEE",
        permitted ? provisions_held(judgement.answer)
                  : std::vector<std::string> { "A30(1)-1", "A30(1)-2" },
        law.version() };
    out.verdict = json::word(permitted ? judgement.answer.verdict : judgement.request.verdict);
    out.purpose = manifest.purpose;
    out.urgency = manifest.urgency;
    out.personal_data = permitted && !question.vehicles.empty();
    out.retention = message::Retention { judgement.last_day, "A31(4)(b)-1" };
    return out;
}

/// Written and reasoned, Art. 30(1): which provisions stand in the way and what each says.
message::Refusal refusal_of(message::Request const& request, treaty::Situation const& situation,
    treaty::Decision const& decision)
{
    auto const against = provisions_against(decision);
    std::vector<std::string> reasons;
    for (auto const& finding : treaty::in_words(decision).findings)
        if (std::ranges::count(against, finding.provision))
            reasons.push_back(fmt::format("{}: {}", finding.provision, finding.reason));
    return { request.kind, request.case_number, json::word(treaty::RefusalGround::national_law),
        against, fmt::format("{}", fmt::join(reasons, " ")), treaty::record(situation, decision) };
}

} // namespace

std::optional<Date> erase_by(message::Manifest const& manifest)
{
    return manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt;
}

Result<std::optional<Reply>> reply_to(
    treaty::Law const& law, Settings const& settings, Question const& question, Instant now)
{
    auto const manifest = TRY(message::read_manifest(as_text(question.message.manifest)));
    auto const judgement = TRY(judge(law, settings, question, manifest, now));
    if (judgement.incomplete()) return std::optional<Reply> {};
    Reply reply { envelope_of(law, question, manifest, judgement), CaseState::answered,
        "answer-sent", { { "party", question.requesting } } };
    auto const& request = question.request;
    if (judgement.permitted()) {
        message::Answer const answer { request.kind, request.case_number,
            question.vehicles.empty() ? message::Outcome::no_hit : message::Outcome::hit,
            question.vehicles, treaty::record(judgement.received, judgement.request),
            treaty::record(judgement.answering, judgement.answer) };
        reply.outgoing.parts = { { "answer", message::schema_of(message::Type::answer),
            to_bytes(json::to_text(answer)) } };
        reply.facts["result"] = json::word(answer.result);
        return std::optional { std::move(reply) };
    }
    bool const answer_refused = judgement.request.verdict == Verdict::permitted;
    auto const refusal
        = refusal_of(request, answer_refused ? judgement.answering : judgement.received,
            answer_refused ? judgement.answer : judgement.request);
    reply.state = CaseState::refused;
    reply.act = "refusal-sent";
    reply.outgoing.parts = { { "refusal", message::schema_of(message::Type::refusal),
        to_bytes(json::to_text(refusal)) } };
    reply.facts["ground"] = refusal.ground;
    return std::optional { std::move(reply) };
}

} // namespace comity::casework
