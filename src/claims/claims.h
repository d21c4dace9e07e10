#pragma once

#include "claims/claims_store.h"
#include "message/claim.h"
#include "rights/post.h"

/// What one Party owes another (Art. 20, 23, 31(5), 35): costs and damages entered in a case, the
/// law's word on who bears them, and the claims that follow, each a message in both registers. No
/// personal data: the ledger outlives the case, so a cost names no person.
namespace comity::claims {

using casework::Officer;

/// As an officer types it; what is missing is named.
struct CostDraft {
    std::optional<treaty::CostKind> kind {};
    std::optional<Date> day {};
    std::optional<std::int64_t> amount_minor {};
    std::optional<std::string> currency {};
    std::optional<std::string> subject {}; ///< In a few words, without names.
    std::optional<std::string> responsible {}; ///< Art. 23: the Party whose officials caused it.
    std::optional<std::string> item {}; ///< Art. 31(5): id of the message that brought the data.
    std::optional<treaty::DataFault> fault {};
    std::optional<std::vector<std::string>> shared_by {}; ///< Art. 29(5).
    std::optional<std::string> agreed {}; ///< The Party that an agreement names.
    std::optional<std::string> consented {}; ///< The Party that consent given before names.
    std::optional<std::string> basis_reference {}; ///< Of that agreement or consent.
    /// Art. 31(5): the injured person was not paid, and why.
    std::optional<std::string> refused {};
};
BOOST_DESCRIBE_STRUCT(CostDraft, (),
    (kind, day, amount_minor, currency, subject, responsible, item, fault, shared_by, agreed,
        consented, basis_reference, refused))

struct ShareFinding {
    std::string party;
    std::int64_t amount = 0;
    treaty::Decision decision; ///< On asking for it back.
};

/// Who bears a cost.
struct CostFinding {
    std::optional<access::Refusal> refused {}; ///< The officer may not see the case.
    std::string provision, bearer; ///< Who bears it; empty where several do.
    treaty::CostBasis basis {};
    std::vector<ShareFinding> shares {};
    std::vector<std::string> missing {}; ///< Members that the draft lacks.
    /// Of a cost that stays with us, or of a refusal towards the injured.
    std::optional<treaty::Decision> decision {};
    std::optional<std::int64_t> entered {}; ///< Its place.
    std::vector<std::string> claims {}; ///< Numbers of the drafts that it opened.
};

struct EntryView {
    ClaimAct act {};
    std::string party, actor;
    Instant at, recorded_at;
    std::int64_t amount = 0;
    std::string ground, text, reference;
    std::optional<Date> paid_on {};
    std::string message, answers;
    bool waits = false;
    std::optional<ClaimAct> proposes {};
};
BOOST_DESCRIBE_STRUCT(EntryView, (),
    (act, party, actor, at, recorded_at, amount, ground, text, reference, paid_on, message, answers,
        waits, proposes))

struct ClaimView {
    Claim claim;
    std::string case_number, subject;
    Instant opened_at;
    std::int64_t age = 0; ///< Days.
    Standing standing {};
    std::string owes {}; ///< The Party that owes now; empty where none does.
    std::vector<ClaimAct> acts {}; ///< Open to us.
    std::optional<CostRow> cost {}; ///< Where it stands in our ledger.
    std::vector<EntryView> entries {};
    std::optional<EntryView> waiting {}; ///< For a second officer.
};
BOOST_DESCRIBE_STRUCT(ClaimView, (),
    (claim, case_number, subject, opened_at, age, standing, owes, acts, cost, entries, waiting))

struct OpenedClaim {
    std::optional<access::Refusal> refused {};
    ClaimView view {};
};

struct CaseCosts {
    std::optional<access::Refusal> refused {}; ///< Not told as a member.
    std::string requesting, requested, own;
    std::vector<CostRow> costs {};
    std::vector<ClaimView> claims {};
};
BOOST_DESCRIBE_STRUCT(CaseCosts, (), (requesting, requested, own, costs, claims))

/// Why the two ledgers may differ now, or what still has to come.
enum class WaitsFor : std::uint8_t {
    receipt, ///< The other node has not taken our message.
    confirmation, ///< Whoever was paid has not said so.
    claim ///< The other Party told of a cost and has not claimed it.
};
BOOST_DESCRIBE_ENUM(WaitsFor, receipt, confirmation, claim)

struct Difference {
    WaitsFor waits_for {};
    std::string party, currency; ///< The other Party.
    std::string claim, message; ///< Number; id of the message it waits for or waits with.
    std::string act;
    std::int64_t amount = 0; ///< That the other ledger lacks, as they owe us.
};
BOOST_DESCRIBE_STRUCT(Difference, (), (waits_for, party, currency, claim, message, act, amount))

/// Between us and one Party in one currency, in its smallest unit.
struct Balance {
    std::string party, currency;
    std::int64_t they_owe = 0, we_owe = 0;
    std::int64_t net = 0; ///< Above 0: they owe us.
    std::int64_t under_way_to_us = 0, under_way_to_them = 0; ///< Paid, not confirmed.
};
BOOST_DESCRIBE_STRUCT(
    Balance, (), (party, currency, they_owe, we_owe, net, under_way_to_us, under_way_to_them))

struct LedgerView {
    std::string own;
    std::vector<Balance> balances {};
    std::vector<Difference> differences {};
    std::vector<ClaimView> claims {}; ///< The newest first; without entries.
    std::int64_t closed = 0; ///< Claims of cases that the officer does not need to know.
};
BOOST_DESCRIBE_STRUCT(LedgerView, (), (own, balances, differences, claims, closed))
/// Computed from the entries.
Result<std::vector<Balance>> balances_with(store::Transaction& transaction, std::string_view own);

constexpr std::int64_t claims_listed_max = 1000;

struct ClaimStep {
    ClaimAct act {};
    std::optional<std::int64_t> amount_minor {};
    std::optional<message::DisputeGround> ground {};
    std::optional<std::string> text {};
    std::optional<std::string> reference {};
    std::optional<Date> paid_on {};
    std::optional<std::string> answers {}; ///< Id of the payment; the oldest that waits.
};
BOOST_DESCRIBE_STRUCT(ClaimStep, (), (act, amount_minor, ground, text, reference, paid_on, answers))

struct StepTaken {
    std::optional<access::Refusal> refused {};
    std::optional<std::string> message {}; ///< Id; none for what does not leave.
    bool proposed = false; ///< A second officer has to send it.
};

/// A cost that another room knows of: told by a message, or by our own officer.
struct ToldCost {
    std::string number; ///< Of our case.
    treaty::CostKind kind {};
    std::string paid_by;
    message::Money amount;
    std::string subject;
    std::string message; ///< Id of the one that told of it.
    Instant at;
    std::optional<Officer> officer {}; ///< Who entered it; none where a message told of it.
};

class Claims {
public:
    /// Takes its messages from casework. All of them outlive it.
    Claims(rights::Rooms rooms, rights::Settings settings, Clock clock);

    /// Who would bear it; no effect. Errors: not_found; malformed naming the member; not_permitted
    /// for a refusal towards the injured that Art. 31(5) does not leave.
    Result<CostFinding> try_cost(
        std::string_view number, CostDraft const& draft, Officer const& officer);
    /// The same, and it is entered: each other Party that bears of it gets the draft of a claim.
    /// Errors besides: malformed for what is missing.
    Result<CostFinding> enter_cost(
        std::string_view number, CostDraft const& draft, Officer const& officer);
    /// In the commit that records what told of it: a draft where we paid, else a cost to be
    /// claimed.
    Result<void> hear(store::Transaction& transaction, ToldCost const& told);

    Result<CaseCosts> costs_of(std::string_view number, Officer const& officer);
    Result<LedgerView> ledger(Officer const& officer);
    /// Error: not_found.
    Result<OpenedClaim> open_claim(std::string_view number, Officer const& officer);
    /// One act on a claim; what leaves is in both registers. Where the Party sets two officers,
    /// what leaves is proposed first, and the second officer's same act sends it as it was
    /// proposed: what he leaves out is taken from there. Errors: not_found; conflict, malformed as
    /// check_own() has them; conflict for what differs from the proposal.
    Result<StepTaken> step(std::string_view number, ClaimStep const& step, Officer const& officer);

private:
    using Transaction = store::Transaction;
    using Taken = Result<exchange::Disposition>;
    struct Judged {
        casework::CaseRow row;
        CostRow cost;
        CostFinding finding;
    };
    struct Planned {
        ClaimRow row;
        EntryRow entry;
        std::optional<rights::Letter> letter {};
        std::int64_t confirms = 0; ///< Place of what was proposed.
    };
    Result<Judged> judge(std::string_view number, CostDraft const& draft, Officer const& officer);
    Result<void> judge_shares(
        Judged& judged, treaty::Cost const& cost, treaty::CostBearing const& bearing);
    Result<treaty::Cost> cost_of(Judged& judged, CostDraft const& draft) const;
    Result<void> name_item(Judged& judged, treaty::Cost& cost, CostDraft const& draft) const;
    Result<void> refuse_injured(Judged& judged, CostDraft const& draft) const;
    Result<std::string> draft_claim(Transaction& transaction, CostRow const& cost,
        std::string_view debtor, std::int64_t amount, Officer const& officer);
    Result<void> note(Transaction& transaction, std::string_view number, std::string_view act,
        std::string_view actor, json::Object facts);

    Result<ClaimView> view_of(Transaction& transaction, ClaimRow const& row) const;
    Result<std::vector<Difference>> differences(Transaction& transaction) const;

    Result<Planned> plan(ClaimRow const& row, std::vector<EntryRow> const& before,
        ClaimStep const& step, Officer const& officer) const;
    Result<rights::Letter> letter_of(Planned const& planned, ClaimStep const& step) const;
    Result<json::Object> opening_of(ClaimRow const& row, CostRow const& cost) const;
    Result<StepTaken> keep_at_home(Planned const& planned);
    Result<std::string> send(Planned const& planned, ClaimStep const& step, Officer const& officer);

    Taken receive_claim(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_settlement(Transaction& transaction, exchange::Delivered const& delivered);
    Taken keep_claim(Transaction& transaction, exchange::Delivered const& delivered, ClaimRow row);
    Result<std::string> case_of(
        Transaction& transaction, exchange::Delivered const& delivered) const;
    Result<void> hear_failure(Transaction& transaction, std::string const& message);

    rights::Rooms rooms_;
    rights::Settings settings_;
    Clock clock_;
    rights::Post post_;
};

/// Ours, of each claim that the officer may see: RFC 4180, one line a claim.
std::string csv_of(LedgerView const& ledger);

/// The entries without what only a desk wants.
std::vector<Entry> entries_in(std::span<EntryRow const> rows);

} // namespace comity::claims
