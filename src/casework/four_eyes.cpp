#include "casework/four_eyes.h"

#include "casework/casework.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using access::Refusal;
using message::Type;
using store::Row;
using store::Transaction;

constexpr auto organised_security = "A31(4)(d)";

bool is_hit(json::Object const& content)
{
    auto const* inner = content.if_contains("answer");
    auto const& of = inner && inner->is_object() ? inner->get_object() : content;
    auto const* result = of.if_contains("result");
    return result && result->is_string() && result->get_string() == "hit";
}

bool leaves_unasked(std::string_view type)
{
    return type == json::word(Type::request) || find_notice_kind(type)
        || type == json::word(Type::dna_sampling_request)
        || type == json::word(Type::oral_request_confirmation);
}

template <class T> T own(Result<T> read)
{
    MUST(read.ok());
    return read.take();
}

template <class T> T own_word(std::string const& text)
{
    auto const word = json::from_word<T>(text);
    MUST(word.has_value());
    return *word;
}

Proposal read_proposal(Row const& row)
{
    Proposal out { row.integer(0), row.text(1), own_word<GuardedAct>(row.text(2)), row.text(3),
        own_word<ProposalState>(row.text(4)), own(parse_instant(row.text(5))), row.text(6),
        row.text(7) };
    if (auto const at = row.text_if(8)) out.decided_at = own(parse_instant(*at));
    out.decided_by = row.text_if(9);
    out.reason = row.text(10);
    return out;
}

constexpr std::string_view columns
    = "place, case_number, act, what, state, at, account, name, decided_at, decided_by, reason";

} // namespace

std::optional<Refusal> refused_as_second(std::string_view proposer, Officer const& officer)
{
    if (!officer.has_account)
        return Refusal { organised_security, "a second officer has an account of his own" };
    if (officer.account == proposer)
        return Refusal { organised_security,
            "you proposed this: another officer has to confirm it, never the same account" };
    return {};
}

std::optional<GuardedAct> guarded(
    FourEyes const& settings, std::string_view type, json::Object const& content)
{
    if (settings.send && leaves_unasked(type)) return GuardedAct::send;
    if (settings.refuse && type == json::word(Type::refusal)) return GuardedAct::refuse;
    bool const answers = type == json::word(Type::answer)
        || type == json::word(Type::partial_answer) || type == json::word(Type::dna_result);
    if (settings.release_hit && answers && is_hit(content)) return GuardedAct::release_hit;
    return {};
}

std::string item_of(Proposal const& proposal)
{
    return fmt::format("proposal/{}/{}", proposal.place, proposal.case_number);
}

Result<std::vector<Proposal>> proposals_of(Transaction& transaction, std::string_view number)
{
    return transaction.all(
        fmt::format(
            "SELECT {} FROM casework_proposal WHERE case_number = $1 ORDER BY place", columns),
        read_proposal, number);
}

Result<Proposal> find_proposal(
    Transaction& transaction, std::string_view number, std::int64_t place)
{
    auto found = TRY(transaction.one(
        fmt::format(
            "SELECT {} FROM casework_proposal WHERE case_number = $1 AND place = $2", columns),
        read_proposal, number, place));
    if (found) return std::move(*found);
    return Error { Error::Kind::not_found, "this case has no such proposal", "proposal" };
}

Result<void> insert_proposal(Transaction& transaction, Proposal const& proposal)
{
    TRY(transaction.run("INSERT INTO casework_proposal (place, case_number, act, what, state, at, "
                        "account, name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')",
        proposal.place, proposal.case_number, json::word(proposal.act), proposal.what,
        json::word(proposal.state), to_text(proposal.at), proposal.account, proposal.name));
    return {};
}

Result<void> decide_proposal(Transaction& transaction, Proposal const& decided)
{
    auto const at = decided.decided_at ? std::optional { to_text(*decided.decided_at) }
                                       : std::optional<std::string> {};
    auto const done
        = TRY(transaction.run("UPDATE casework_proposal SET state = $1, decided_at = $2, "
                              "decided_by = $3, reason = $4 WHERE case_number = $5 AND place = $6 "
                              "AND state = 'waiting'",
            json::word(decided.state), at, decided.decided_by, decided.reason, decided.case_number,
            decided.place));
    if (done == 1) return {};
    return Error { Error::Kind::conflict, "this proposal does not wait any more", "proposal" };
}

void Casework::on_confirmed(std::string what, LetsLeave lets)
{
    lets_leave_[std::move(what)] = std::move(lets);
}

/// Nobody without an account proposes: the second officer has to be another one.
Result<std::int64_t> Casework::propose(Transaction& transaction, NewProposal const& fresh)
{
    auto const& officer = fresh.officer;
    if (!officer.has_account)
        return Error { Error::Kind::not_permitted,
            "this Party sets two officers for it, each with an account at the desk" };
    auto const earlier = TRY(proposals_of(transaction, fresh.number));
    for (auto const& each : earlier)
        if (each.state == ProposalState::waiting)
            return Error { Error::Kind::conflict,
                "another proposal in this case waits for a second officer", "proposal" };
    auto const place = static_cast<std::int64_t>(earlier.size()) + 1;
    if (place > proposals_max)
        return Error { Error::Kind::too_large,
            fmt::format("a case has {} proposals at most", proposals_max), "proposal" };
    auto const now = clock_();
    Proposal const proposal { place, std::string { fresh.number }, fresh.act,
        std::string { fresh.what }, ProposalState::waiting, now, officer.account, officer.name };
    TRY(insert_proposal(transaction, proposal));
    auto const label = label_of(settings_,
        { settings_.party, std::string { fresh.purpose }, { organised_security }, fresh.erase_by,
            true, fresh.level },
        fresh.what, fresh.draft, now);
    TRY(vault_.put(transaction, { item_of(proposal), label, to_bytes(json::print(fresh.draft)) },
        { officer.account, proposal.case_number }));
    // Whoever confirms it has to see them.
    if (auto const* files = fresh.draft.if_contains("files"))
        TRY(files_.propose(transaction,
            TRY(json::read<std::vector<FileNumber>>(*files, json::Unknown::refuse)),
            officer.account, proposal.case_number));
    TRY(insert_event(transaction,
        { proposal.case_number, now, now, "proposal-made", officer.name, {}, { organised_security },
            { { "what", proposal.what } } }));
    tell(transaction, proposal.case_number);
    return place;
}

Result<std::int64_t> Casework::propose_case(CaseRow const& row, NewProposal const& fresh)
{
    return store_.write([&](Transaction& t) -> Result<std::int64_t> {
        auto const found = TRY(find_case(t, row.number));
        if (found && found->state != CaseState::proposed && found->state != CaseState::sent_back
            && find_notice_kind(row.kind))
            return Error { Error::Kind::conflict, "this case number is in use already",
                "caseNumber" };
        TRY(enter_maker(t, row.number, fresh.officer, row.opened_at));
        // A further request in a case that runs waits beside it.
        if (!found || found->state == CaseState::sent_back) TRY(put_case(t, row));
        return propose(t, fresh);
    });
}

/// In the commit of the message that it lets leave.
Result<void> Casework::settle_proposal(
    Transaction& transaction, Confirmation const& confirmation, std::string const& message)
{
    auto proposal = confirmation.proposal;
    auto const& second = confirmation.second;
    auto const now = clock_();
    proposal.state = ProposalState::confirmed;
    proposal.decided_at = now;
    proposal.decided_by = second.name;
    TRY(decide_proposal(transaction, proposal));
    TRY(insert_event(transaction,
        { proposal.case_number, now, now, "proposal-confirmed", second.name, message,
            { organised_security }, { { "what", proposal.what } } }));
    // The message itself is kept; its draft has served.
    TRY(vault_.destroy(transaction, item_of(proposal), message::DestructionGround::no_longer_needed,
        { second.account, proposal.case_number }));
    return {};
}

Result<std::vector<Proposal>> Casework::proposals(std::string_view number, Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<std::vector<Proposal>> {
        auto const row = TRY(find_case(t, number));
        if (!row)
            return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number),
                "number" };
        if (TRY(refused_to_open(t, number, officer, clock_()))) return std::vector<Proposal> {};
        auto out = TRY(proposals_of(t, number));
        for (auto& each : out)
            if (each.state == ProposalState::waiting || each.state == ProposalState::sent_back)
                each.draft = TRY(read_draft(t, *row, each, officer)).draft;
        return out;
    });
}

Result<Casework::OpenedDraft> Casework::read_draft(
    Transaction& transaction, CaseRow const& row, Proposal const& proposal, Officer const& officer)
{
    auto const read = vault_.read(transaction, item_of(proposal), use_of(row, officer, {}, true));
    if (!read.ok() && read.error().kind == Error::Kind::not_found) return OpenedDraft {};
    if (!read.ok()) return read.error();
    OpenedDraft out { read.value().judgement, {} };
    if (read.value().content)
        out.draft = TRY(json::parse(as_text(*read.value().content))).as_object();
    return out;
}

Result<Confirmed> Casework::confirm(
    std::string_view number, std::int64_t place, Officer const& officer)
{
    Confirmed out;
    Confirmation confirmation { {}, officer };
    OpenedDraft opened;
    TRY(store_.write([&](Transaction& t) -> Result<void> {
        confirmation.proposal = TRY(find_proposal(t, number, place));
        auto const row = TRY(find_case(t, number));
        MUST(row.has_value());
        out.refused = TRY(refused_to_open(t, number, officer, clock_()));
        if (!out.refused) out.refused = refused_as_second(confirmation.proposal.account, officer);
        if (out.refused) return {};
        if (confirmation.proposal.state != ProposalState::waiting)
            return Error { Error::Kind::conflict, "this proposal does not wait any more",
                "proposal" };
        opened = TRY(read_draft(t, *row, confirmation.proposal, officer));
        return {};
    }));
    if (out.refused) return out;
    if (!opened.draft && opened.judgement.permitted())
        return Error { Error::Kind::conflict, "what was proposed was destroyed on its last day",
            "proposal" };
    if (!opened.draft) {
        out.taken.composed.closed = opened.judgement;
        return out;
    }
    out.taken = TRY(let_leave(confirmation, *opened.draft));
    return out;
}

/// Judged again, as if the first officer sent it now.
Result<TakenStep> Casework::let_leave(Confirmation const& confirmation, json::Object const& draft)
{
    auto const& proposal = confirmation.proposal;
    auto const lets = lets_leave_.find(proposal.what);
    if (lets != lets_leave_.end()) return lets->second(confirmation, draft);
    Officer const author { proposal.account, proposal.name, confirmation.second.clearance };
    json::Value const value = draft;
    if (proposal.what == json::word(Type::request)) {
        auto const request = TRY(json::read<RequestDraft>(value, json::Unknown::refuse));
        auto sent = TRY(send_as(request, author, &confirmation));
        TakenStep out;
        out.composed.judged.push_back(
            { "request", std::move(sent.situation), std::move(sent.decision) });
        out.composed.missing = std::move(sent.missing);
        if (sent.message) out.messages.push_back(*sent.message);
        return out;
    }
    if (find_notice_kind(proposal.what))
        return send_notice_as(
            TRY(json::read<NoticeDraft>(value, json::Unknown::refuse)), author, &confirmation);
    return take_step_as(proposal.case_number,
        TRY(json::read<StepDraft>(value, json::Unknown::refuse)), author, &confirmation);
}

Result<std::optional<Refusal>> Casework::send_back(
    std::string_view number, std::int64_t place, std::string_view reason, Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<std::optional<Refusal>> {
        auto proposal = TRY(find_proposal(t, number, place));
        if (auto refused = TRY(refused_to_open(t, number, officer, clock_()))) return refused;
        bool const own = officer.has_account && officer.account == proposal.account;
        if (!own && reason.find_first_not_of(" \t\n") == reason.npos)
            return Error { Error::Kind::malformed, "sending back states its reason", "reason" };
        if (reason.size() > access_reason_bytes_max)
            return Error { Error::Kind::too_large,
                fmt::format("the reason is longer than {} bytes", access_reason_bytes_max),
                "reason" };
        auto const now = clock_();
        proposal.state = own ? ProposalState::taken_back : ProposalState::sent_back;
        proposal.decided_at = now;
        proposal.decided_by = officer.name;
        proposal.reason = reason;
        TRY(decide_proposal(t, proposal));
        auto const row = TRY(find_case(t, number));
        if (row && row->state == CaseState::proposed)
            TRY(set_state(t, number, own ? CaseState::withdrawn : CaseState::sent_back));
        TRY(insert_event(t,
            { proposal.case_number, now, now, own ? "proposal-taken-back" : "proposal-sent-back",
                officer.name, {}, { organised_security },
                { { "what", proposal.what }, { "reason", reason } } }));
        tell(t, proposal.case_number);
        return std::optional<Refusal> {};
    });
}

} // namespace comity::casework
