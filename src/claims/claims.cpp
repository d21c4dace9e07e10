#include "claims/claims.h"

#include "casework/arrival.h"
#include "rights/need.h"

#include <fmt/format.h>

/// Costs: judged, entered, and the drafts of claims that they open.
namespace comity::claims {

using message::Type;
using store::Transaction;
using treaty::PartyCode;

namespace {

constexpr std::size_t subject_bytes_max = 200;
/// Art. 31(5): what nobody may plead towards the person, by the name that a desk gives it.
constexpr std::string_view other_partys_error = "other-party-error";

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<PartyCode> party_in(std::string const& field, std::string const& text)
{
    auto const read = PartyCode::parse(text);
    if (read.ok()) return read.value();
    return malformed(field, "is no code of a Party: two capital letters");
}

Result<std::optional<PartyCode>> party_if(
    std::string const& field, std::optional<std::string> const& text)
{
    if (!text || text->empty()) return std::optional<PartyCode> {};
    auto const read = TRY(party_in(field, *text));
    return std::optional { read };
}

std::string other_party(casework::CaseRow const& row, std::string_view own)
{
    return row.requesting == own ? row.requested : row.requesting;
}

std::vector<std::string> missing_of(CostDraft const& draft)
{
    std::vector<std::string> out;
    if (!draft.kind) out.emplace_back("kind");
    if (!draft.day) out.emplace_back("day");
    if (!draft.amount_minor) out.emplace_back("amountMinor");
    if (draft.currency.value_or("").empty()) out.emplace_back("currency");
    if (draft.subject.value_or("").empty()) out.emplace_back("subject");
    return out;
}

Result<void> check_typed(CostDraft const& draft, Date today)
{
    if (draft.amount_minor) TRY(check_amount("amountMinor", *draft.amount_minor));
    if (!draft.currency.value_or("").empty() && !is_currency(*draft.currency))
        return malformed("currency", "is no ISO 4217 code that this ledger keeps");
    if (draft.day && *draft.day > today) return malformed("day", "is a day to come");
    if (draft.subject.value_or("").size() > subject_bytes_max)
        return malformed("subject", fmt::format("over {} bytes", subject_bytes_max));
    if (draft.basis_reference.value_or("").size() > subject_bytes_max)
        return malformed("basisReference", fmt::format("over {} bytes", subject_bytes_max));
    bool const elsewhere = draft.agreed.value_or("") != "" || draft.consented.value_or("") != "";
    if (elsewhere && draft.basis_reference.value_or("").empty())
        return malformed("basisReference", "name the agreement or the consent");
    return {};
}

} // namespace

Claims::Claims(rights::Rooms rooms, rights::Settings settings, Clock clock)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , post_(rooms_, settings_, clock_)
{
    using Member = Taken (Claims::*)(Transaction&, exchange::Delivered const&);
    constexpr std::pair<Type, Member> takes[] = {
        { Type::damage_claim, &Claims::receive_claim },
        { Type::reimbursement_request, &Claims::receive_claim },
        { Type::settlement, &Claims::receive_settlement },
    };
    for (auto const& [type, member] : takes)
        rooms_.casework.on_message(
            type, [this, member](Transaction& transaction, exchange::Delivered const& delivered) {
                return (this->*member)(transaction, delivered);
            });
    rooms_.casework.on_failed([this](Transaction& transaction, std::string const& message) {
        return hear_failure(transaction, message);
    });
    rooms_.casework.on_taken([](Transaction& transaction, std::string const& message) {
        return mark_taken(transaction, message);
    });
}

/// Art. 31(5): the data came from the Party that sent the item, and so does what it owes.
Result<void> Claims::name_item(Judged& judged, treaty::Cost& cost, CostDraft const& draft) const
{
    auto const item = draft.item.value_or("");
    if (item.empty()) {
        judged.finding.missing.emplace_back("item");
        return {};
    }
    return rooms_.store.read([&](Transaction& t) -> Result<void> {
        auto const message = exchange::message_by_id(t, item);
        auto const content = TRY(casework::find_content(t, item));
        if (!message.ok() || !content || content->number != judged.row.number)
            return Error { Error::Kind::not_found, "this case has no content of that message",
                "item" };
        if (message.value().direction != "in")
            return Error { Error::Kind::conflict,
                "the data are our own: name an item that another Party sent", "item" };
        cost.responsible = TRY(party_in("item", message.value().peer));
        judged.cost.item = item;
        if (message.value().entry) judged.cost.register_rows.push_back(*message.value().entry);
        return {};
    });
}

Result<treaty::Cost> Claims::cost_of(Judged& judged, CostDraft const& draft) const
{
    auto const& row = judged.row;
    treaty::Cost out;
    out.kind = draft.kind.value_or(treaty::CostKind::other);
    out.requesting = TRY(party_in("number", row.requesting));
    out.requested = TRY(party_in("number", row.requested));
    out.paid_by = TRY(party_in("number", settings_.of.party));
    out.amount = draft.amount_minor.value_or(0);
    out.at = clock_();
    out.fault = draft.fault;
    out.agreed = TRY(party_if("agreed", draft.agreed));
    out.consented = TRY(party_if("consented", draft.consented));
    for (auto const& each : draft.shared_by.value_or(std::vector<std::string> {}))
        out.shared_by.push_back(TRY(party_in("sharedBy", each)));
    if (out.kind == treaty::CostKind::damage_by_data) {
        TRY(name_item(judged, out, draft));
        if (!draft.fault) judged.finding.missing.emplace_back("fault");
    }
    if (out.kind == treaty::CostKind::damage_by_officials)
        out.responsible = TRY(party_in(
            "responsible", draft.responsible.value_or(other_party(row, settings_.of.party))));
    return out;
}

/// Art. 31(5)-2, as the law itself says it.
Result<void> Claims::refuse_injured(Judged& judged, CostDraft const& draft) const
{
    if (draft.kind != treaty::CostKind::damage_by_data)
        return malformed("refused", "is for damage by data alone, Art. 31(5)");
    namespace fact = treaty::fact;
    bool const pleads = *draft.refused == other_partys_error;
    auto const ground = json::from_word<InjuredRefusal>(*draft.refused);
    if (!pleads && !ground) return malformed("refused", "is no ground that this list has");
    auto const other = other_party(judged.row, settings_.of.party);
    judged.finding.decision = TRY(
        post_.judge(treaty::Measure::damage_claim, other, judged.row, [&](treaty::Facts& facts) {
            facts.tell(fact::damage_from_data, true);
            facts.tell(fact::data_fault, draft.fault.value_or(treaty::DataFault::wrong));
            facts.tell(fact::other_party_pleaded, pleads);
            facts.tell(fact::official_offence, false);
            facts.tell(fact::damage_cause, treaty::DamageCause::other);
        }));
    if (pleads)
        return Error { Error::Kind::not_permitted,
            "Art. 31(5): towards the injured person nobody pleads that another Party sent the "
            "data so",
            "refused" };
    judged.cost.refused = ground;
    judged.cost.provision = "A31(5)-1";
    judged.finding.provision = "A31(5)-1";
    judged.finding.bearer = settings_.of.party;
    return {};
}

Result<void> Claims::judge_shares(
    Judged& judged, treaty::Cost const& cost, treaty::CostBearing const& bearing)
{
    auto& finding = judged.finding;
    auto const own = settings_.of.party;
    auto const decided = [&](std::string const& party, std::int64_t amount) {
        return post_.judge(treaty::Measure::reimbursement, party, judged.row,
            [&](treaty::Facts& facts) { treaty::tell_cost(facts, cost, bearing.basis, amount); });
    };
    finding.provision = bearing.provision;
    finding.basis = bearing.basis;
    for (auto const& share : bearing.shares) {
        auto const party = share.party.text();
        auto decision = TRY(decided(party, share.amount));
        finding.shares.push_back({ party, share.amount, std::move(decision) });
    }
    if (finding.shares.size() == 1 && cost.kind != treaty::CostKind::common_centre)
        finding.bearer = finding.shares.front().party;
    if (!finding.shares.empty()) return {};
    finding.bearer = own;
    finding.decision = TRY(post_.judge(treaty::Measure::reimbursement, other_party(judged.row, own),
        judged.row, [&](treaty::Facts& facts) {
            treaty::tell_cost(facts, cost, treaty::CostBasis::none, cost.amount);
        }));
    return {};
}

Result<Claims::Judged> Claims::judge(
    std::string_view number, CostDraft const& draft, Officer const& officer)
{
    Judged out;
    out.row
        = TRY(rooms_.store.read([&](Transaction& t) { return rights::case_numbered(t, number); }));
    out.finding.refused = TRY(rights::refused_to_see(rooms_, number, officer));
    if (out.finding.refused) return out;
    auto const now = clock_();
    TRY(check_typed(draft, TRY(rooms_.vault.today())));
    out.finding.missing = missing_of(draft);
    auto const cost = TRY(cost_of(out, draft));
    out.cost = { 0, out.row.number, draft.day.value_or(Date {}), cost.kind, cost.amount,
        draft.currency.value_or(""), draft.subject.value_or(""), settings_.of.party, {}, {},
        draft.basis_reference.value_or(""), out.cost.item, out.cost.register_rows, {}, {}, now,
        officer.name };
    if (draft.refused && !draft.refused->empty()) {
        TRY(refuse_injured(out, draft));
        return out;
    }
    if (!draft.kind || !out.finding.missing.empty()) return out;
    auto const bearing = TRY(treaty::bearing_of(rooms_.law, cost));
    TRY(judge_shares(out, cost, bearing));
    out.cost.provision = bearing.provision;
    out.cost.basis = bearing.basis;
    return out;
}

Result<CostFinding> Claims::try_cost(
    std::string_view number, CostDraft const& draft, Officer const& officer)
{
    return TRY(judge(number, draft, officer)).finding;
}

Result<CostFinding> Claims::enter_cost(
    std::string_view number, CostDraft const& draft, Officer const& officer)
{
    auto judged = TRY(judge(number, draft, officer));
    auto& finding = judged.finding;
    if (finding.refused) return finding;
    if (!finding.missing.empty())
        return malformed(
            finding.missing.front(), fmt::format("{} is missing", finding.missing.front()));
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto cost = judged.cost;
        cost.place = TRY(insert_cost(t, cost));
        TRY(note(t, cost.case_number, "cost-entered", officer.name,
            { { "kind", json::word(cost.kind) },
                { "amount", amount_text(cost.amount, cost.currency) },
                { "provision", cost.provision } }));
        for (auto const& share : finding.shares)
            if (share.decision.verdict == treaty::Verdict::permitted)
                finding.claims.push_back(
                    TRY(draft_claim(t, cost, share.party, share.amount, officer)));
        finding.entered = cost.place;
        return {};
    }));
    return finding;
}

Result<void> Claims::note(Transaction& transaction, std::string_view number, std::string_view act,
    std::string_view actor, json::Object facts)
{
    auto const now = clock_();
    std::vector<std::string> provisions;
    if (auto const* provision = facts.if_contains("provision"))
        provisions.emplace_back(provision->as_string());
    TRY(casework::insert_event(transaction,
        { std::string { number }, now, now, std::string { act }, std::string { actor }, {},
            std::move(provisions), std::move(facts) }));
    rooms_.casework.tell(transaction, std::string { number });
    return {};
}

Result<std::string> Claims::draft_claim(Transaction& transaction, CostRow const& cost,
    std::string_view debtor, std::int64_t amount, Officer const& officer)
{
    auto const& own = settings_.of.party;
    auto const now = clock_();
    auto const before = TRY(claims_of(transaction, own));
    ClaimRow const row { { fmt::format("{}-CL-{}", own, before + 1), own, std::string { debtor },
                             cost.provision, amount, cost.currency },
        cost.case_number, cost.place, cost.subject, now };
    TRY(insert_claim(transaction, row));
    EntryRow entry { { ClaimAct::drafted, own, now, amount }, 0, row.claim.number, now,
        officer.name, officer.has_account ? officer.account : "" };
    TRY(insert_entry(transaction, entry));
    TRY(note(transaction, cost.case_number, "claim-drafted", officer.name,
        { { "claim", row.claim.number }, { "party", debtor },
            { "amount", amount_text(amount, cost.currency) }, { "provision", cost.provision } }));
    return row.claim.number;
}

/// Art. 20(3)(d): told once by a message that both nodes have. Art. 20(1): by who ordered typing.
Result<void> Claims::hear(Transaction& transaction, ToldCost const& told)
{
    auto const row = TRY(rights::case_numbered(transaction, told.number));
    auto const& own = settings_.of.party;
    if (told.amount.amount_minor == 0) return {};
    TRY(check_amount("costs.amountMinor", told.amount.amount_minor));
    if (!is_currency(told.amount.currency)) {
        // A message of theirs is taken whatever its currency: a claim in it is what we reject.
        if (told.paid_by != own) return {};
        return malformed("costs.currency", "is no ISO 4217 code that this ledger keeps");
    }
    treaty::Cost cost;
    cost.kind = told.kind;
    cost.requesting = TRY(party_in("number", row.requesting));
    cost.requested = TRY(party_in("number", row.requested));
    cost.paid_by = TRY(party_in("costs", told.paid_by));
    cost.amount = told.amount.amount_minor;
    cost.at = told.at;
    auto const bearing = TRY(treaty::bearing_of(rooms_.law, cost));
    auto const by = told.officer.value_or(std::string_view { casework::node_of(own) });
    CostRow entered { 0, told.number, std::chrono::floor<std::chrono::days>(told.at), told.kind,
        cost.amount, told.amount.currency, told.subject, told.paid_by,
        std::string { bearing.provision }, bearing.basis, {}, {}, {}, {}, told.message, clock_(),
        by.name };
    entered.place = TRY(insert_cost(transaction, entered));
    if (told.paid_by != own) return {};
    for (auto const& share : bearing.shares)
        TRY(draft_claim(transaction, entered, share.party.text(), share.amount, by));
    return {};
}

} // namespace comity::claims
