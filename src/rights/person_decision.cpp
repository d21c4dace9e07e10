#include "rights/person_file.h"

#include "treaty/fact/general.h"

#include <fmt/format.h>

#include <algorithm>

/// What is decided about each item, and carried through to whoever has it (A31(4)(g)-2).
namespace comity::rights {

using message::PersonClaim;
using protection::Operation;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

constexpr std::int64_t settled_a_round = 200;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check(AnswerDraft const& draft, std::vector<PersonClaim> const& claims)
{
    auto const claimed = [&](PersonClaim claim) { return std::ranges::count(claims, claim) > 0; };
    bool const told = draft.told && !draft.told->empty();
    if (draft.answer == ItemAnswer::corrected && !claimed(PersonClaim::correction))
        return malformed("answer", "the person asked for no correction");
    if (draft.answer == ItemAnswer::destroyed && !claimed(PersonClaim::destruction))
        return malformed("answer", "the person asked for no destruction");
    if (draft.answer != ItemAnswer::full) TRY(check_text("ground", draft.ground.value_or("")));
    if (draft.answer == ItemAnswer::partial) TRY(check_text("told", draft.told.value_or("")));
    if (draft.answer != ItemAnswer::partial && told)
        return malformed("told", "only what is told in part is written out");
    bool const members = draft.members && !draft.members->empty();
    if (members != (draft.answer == ItemAnswer::corrected))
        return malformed("members", "a correction names what is wrong and what is right");
    return {};
}

PersonClaim claim_of(ItemAnswer answer)
{
    if (answer == ItemAnswer::corrected) return PersonClaim::correction;
    return answer == ItemAnswer::destroyed ? PersonClaim::destruction : PersonClaim::information;
}

treaty::DataFault fault_of(ItemAnswer answer)
{
    if (answer == ItemAnswer::corrected) return treaty::DataFault::wrong;
    return answer == ItemAnswer::destroyed ? treaty::DataFault::unlawful : treaty::DataFault::none;
}

std::string words_id(std::int64_t place, std::string const& item)
{
    return fmt::format("{}/{}", vault_id(place), item);
}

bool received(PersonItemView const& item)
{
    return item.direction == "in";
}

} // namespace

/// The requesting Party is the one that holds the data; the other Party of the item is on the other
/// end of its transmission.
Result<treaty::Decision> PersonRequests::judge(
    Transaction& transaction, File const& file, PersonItemView const& item, ItemAnswer answer) const
{
    auto const row = TRY(case_numbered(transaction, item.case_number));
    bool const heard = item.heard != Heard::not_asked && item.heard != Heard::waiting;
    auto const& claims = file.row.claims;
    return post_.judge(
        treaty::Measure::access_by_person, item.party, row, [&](treaty::Facts& facts) {
            facts.tell(fact::person_claim,
                *json::from_word<treaty::PersonClaim>(json::word(claim_of(answer))));
            facts.tell(fact::data_fault, fault_of(answer));
            facts.tell(fact::data_role,
                received(item) ? treaty::DataRole::recipient : treaty::DataRole::supplier);
            if (received(item)) facts.tell(fact::sender_heard, heard);
            facts.tell(fact::national_exception, answer == ItemAnswer::refused);
            facts.tell(fact::right_violated, std::ranges::any_of(claims, [](auto claim) {
                return claim != PersonClaim::information;
            }));
            facts.tell(fact::personal_data, true);
        });
}

/// Corrections go the way that they go without a person's request too.
Result<Told> PersonRequests::carry_out(
    PersonItemView const& item, AnswerDraft const& draft, Officer const& officer)
{
    if (draft.answer == ItemAnswer::corrected && !received(item))
        return rights_.correct(item.case_number,
            { item.item, message::CorrectionGround::wrong, *draft.members, draft.ground }, officer);
    if (draft.answer == ItemAnswer::destroyed && !received(item))
        return rights_.correct(item.case_number,
            { item.item, message::CorrectionGround::unlawfully_sent, {}, draft.ground }, officer);
    DoubtDraft doubt { item.item, {}, *draft.ground };
    if (draft.members)
        for (auto const& each : *draft.members) doubt.members.push_back(each.path);
    if (draft.answer == ItemAnswer::destroyed)
        return rights_.destroy_received(item.case_number, doubt, officer);
    return rights_.doubt(item.case_number, doubt, officer);
}

Result<PersonTold> PersonRequests::decide(
    std::int64_t place, AnswerDraft const& draft, Officer const& officer)
{
    PersonTold out;
    PersonItemView item;
    TRY(rooms_.store.read([&](Transaction& t) -> Result<void> {
        auto const file = TRY(file_of(t, place));
        TRY(file.refuse_where_sent());
        auto const row = TRY(file.item(draft.item));
        if (closed_to(t, draft.item, officer)) return closed_item("item");
        if (!row.chosen || row.answer)
            return Error { Error::Kind::conflict,
                row.answer ? "it was decided already" : "nobody said yet that it is the person's",
                "item" };
        TRY(check(draft, file.row.claims));
        item = view_of(t, file, row, officer);
        out.decision = TRY(judge(t, file, item, draft.answer));
        // An exception of the national law is what a refusal rests on; all else must hold.
        auto const asked = draft.answer == ItemAnswer::refused ? ItemAnswer::full : draft.answer;
        out.done = TRY(judge(t, file, item, asked)).verdict == treaty::Verdict::permitted;
        return {};
    }));
    if (item.heard == Heard::not_asked || item.heard == Heard::waiting)
        out.not_heard.push_back(item.party);
    if (!out.done) return out;
    bool const acts
        = draft.answer == ItemAnswer::corrected || draft.answer == ItemAnswer::destroyed;
    if (acts) {
        auto const told = TRY(carry_out(item, draft, officer));
        out.messages = told.messages;
        out.done = !told.refused
            && (!told.decision || told.decision->verdict == treaty::Verdict::permitted);
        if (!out.done) {
            out.decision = told.decision;
            return out;
        }
    }
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto row = TRY(TRY(file_of(t, place)).item(draft.item));
        if (row.answer) return Error { Error::Kind::conflict, "it was decided just now", "item" };
        row.answer = draft.answer;
        row.decided_at = clock_();
        row.decided_by = officer.name;
        row.settled = draft.answer != ItemAnswer::destroyed || received(item);
        TRY(update_person_item(t, row));
        return keep_words(t, place, draft, officer);
    }));
    return out;
}

/// Grounds and extracts speak of the person: sealed, and gone with the request.
Result<void> PersonRequests::keep_words(
    Transaction& transaction, std::int64_t place, AnswerDraft const& draft, Officer const& officer)
{
    protection::NewItem item {};
    item.id = words_id(place, draft.item);
    item.label = TRY(rooms_.vault.label(transaction, vault_id(place)));
    item.content = to_bytes(json::to_text(draft));
    TRY(rooms_.vault.put(transaction, item, { officer.account, need_of(place) }));
    return rooms_.vault.add_copy(
        transaction, vault_id(place), { protection::CopyKind::attachment, item.id });
}

Result<AnswerDraft> PersonRequests::words_on(Transaction& transaction, std::string const& item,
    std::int64_t place, Officer const& officer) const
{
    auto const read = TRY(rooms_.vault.read(
        transaction, words_id(place, item), use_of_request(place, officer, Operation::consult)));
    if (!read.content) return no_request(place);
    return json::read_text<AnswerDraft>(as_text(*read.content), json::Unknown::refuse);
}

Result<std::size_t> PersonRequests::work()
{
    auto const open = TRY(
        rooms_.store.read([](Transaction& t) { return unsettled_items(t, settled_a_round); }));
    std::size_t done = 0;
    std::optional<Error> first;
    for (auto const& each : open) {
        auto const settled = settle(each);
        if (!settled.ok() && !first) first = settled.error();
        done += static_cast<std::size_t>(settled.ok() && settled.value());
    }
    if (first) return *first;
    return done;
}

/// Our own copy is what its receivers are told by, until each of them has confirmed.
Result<bool> PersonRequests::settle(PersonItemRow const& item)
{
    return rooms_.store.write([&](Transaction& t) -> Result<bool> {
        for (auto const& each : TRY(notices_on(t, item.message)))
            if (each.sent && each.state == NoticeState::open) return false;
        auto row = TRY(TRY(file_of(t, item.request)).item(item.message));
        TRY(rooms_.casework.destroy(t, item.message, message::DestructionGround::unlawfully_sent,
            { "node", need_of(item.request) }));
        row.settled = true;
        TRY(update_person_item(t, row));
        return true;
    });
}

} // namespace comity::rights
