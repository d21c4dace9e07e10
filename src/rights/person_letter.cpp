#include "rights/person_letter.h"

#include "casework/exports.h"
#include "crypto/hash.h"
#include "document/told.h"
#include "document/words.h"
#include "rights/person_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace comity::rights {

using document::Particular;
using protection::Operation;
using store::Transaction;

namespace {

constexpr auto piece = "person-letter";

class Writer {
public:
    explicit Writer(LetterFacts const& facts)
        : facts_(facts)
        , language_(facts.asked.language)
    {
    }

    document::Document write()
    {
        out_.title = say("title");
        out_.language = language_;
        out_.author = facts_.unit;
        out_.created = facts_.at;
        out_.header = facts_.unit;
        out_.footer = fmt::format("{} {}", say("number"), facts_.number);
        add_head();
        if (facts_.items.empty()) add(document::Paragraph { say("nothing") });
        if (!facts_.items.empty()) add(document::Heading { 1, say("held") });
        for (std::size_t i = 0; i < facts_.items.size(); ++i) add_item(i);
        add(document::Heading { 1, say("remedy") });
        add(document::Paragraph { say(facts_.remedy ? "remedy-text" : "remedy-unknown") });
        if (facts_.remedy) add(document::Note { *facts_.remedy });
        add(document::Signature { { facts_.unit } });
        return std::move(out_);
    }

private:
    std::string say(std::string_view key) const
    {
        return std::string { document::word_in(language_, key) };
    }
    void add(document::Block block) { out_.blocks.push_back(std::move(block)); }

    void add_head()
    {
        auto const& asked = facts_.asked;
        auto const& name = asked.names.front();
        auto to = name.given ? fmt::format("{} {}", *name.given, name.family) : name.family;
        if (asked.address) to += "\n" + *asked.address;
        std::vector<std::string> claims;
        for (auto const claim : asked.claims) claims.push_back(say(json::word(claim)));
        add(document::Particulars { {
            { say("to"), to },
            { say("number"), std::to_string(facts_.number) },
            { say("received"), to_text(asked.received_on) },
            { say("asked"), fmt::format("{}", fmt::join(claims, ", ")) },
        } });
        add(document::Paragraph { say("basis") });
    }

    void add_item(std::size_t i)
    {
        auto const& [view, words, content] = facts_.items[i];
        add(document::Heading { 2, fmt::format("{} {}: {}", say("record"), i + 1, type(view)) });
        bool const received = view.direction == "in";
        std::vector<Particular> all {
            { say(received ? "came-from" : "went-to"),
                std::string { document::party_in(language_, view.party) } },
        };
        if (view.at)
            all.push_back({ say("on"), to_text(std::chrono::floor<std::chrono::days>(*view.at)) });
        if (!view.purpose.empty())
            all.push_back(
                { say("purpose"), document::label_in(language_, "purpose", view.purpose) });
        if (!view.legal_basis.empty())
            all.push_back(
                { say("legal-basis"), fmt::format("{}", fmt::join(view.legal_basis, ", ")) });
        if (view.erase_by) all.push_back({ say("erase-by"), to_text(*view.erase_by) });
        all.push_back({ say("decision"), say(decision_key(words.answer, received)) });
        if (words.ground) all.push_back({ say("ground"), *words.ground });
        if (words.told) all.push_back({ say("told"), *words.told });
        add(document::Particulars { std::move(all) });
        if (!content) return;
        add(document::Heading { 3, say("told") });
        add(document::Particulars { document::told_by(
            *content, language_, [](std::string_view text) { return std::string { text }; }) });
    }

    std::string type(PersonItemView const& view) const
    {
        return document::label_in(language_, "message-kind", view.type);
    }
    static std::string_view decision_key(ItemAnswer answer, bool received)
    {
        if (answer == ItemAnswer::corrected && received) return "corrected-by-sender";
        switch (answer) {
        case ItemAnswer::full: return "full";
        case ItemAnswer::partial: return "partial";
        case ItemAnswer::refused: return "refused";
        case ItemAnswer::corrected: return "corrected";
        case ItemAnswer::destroyed: break;
        }
        return "destroyed";
    }

    LetterFacts const& facts_;
    std::string language_;
    document::Document out_;
};

} // namespace

document::Document letter_of(LetterFacts const& facts)
{
    return Writer { facts }.write();
}

namespace {

/// Even that it is there would tell what the compartment keeps (Art. 10(1), 16(7)).
bool refused_in_secret(
    Transaction& transaction, protection::Vault const& vault, PersonItemRow const& item)
{
    auto const label = vault.label(transaction, item.message);
    return item.answer == ItemAnswer::refused && label.ok()
        && !protection::compartments_of(label.value()).empty();
}

} // namespace

Result<std::vector<LetterItem>> PersonRequests::decided(
    Transaction& transaction, File const& file, Looking const& looking)
{
    std::vector<LetterItem> out;
    for (auto const& item : file.items) {
        if (!item.chosen) continue;
        if (refused_in_secret(transaction, rooms_.vault, item)) continue;
        auto view = view_of(transaction, file, item, looking.officer);
        if (!item.answer && view.closed)
            return Error { Error::Kind::conflict, "what is closed to a compartment is not decided",
                "items" };
        if (!item.answer)
            return Error { Error::Kind::conflict,
                fmt::format("the {} of {} is not decided", view.type, view.party), "items" };
        if (view.closed) return closed_item("items");
        LetterItem each { std::move(view),
            TRY(words_on(transaction, item.message, looking.place, looking.officer)) };
        if (*item.answer == ItemAnswer::full) {
            auto const opened = TRY(open_item(transaction, item.message, looking));
            if (!opened.judgement.permitted())
                return Error { Error::Kind::not_permitted,
                    opened.judgement.objections.front().reason, "items" };
            each.content = TRY(json::parse(opened.body.text));
        }
        out.push_back(std::move(each));
    }
    return out;
}

Result<PersonLetter> PersonRequests::compose(
    std::int64_t place, Operation operation, Officer const& officer)
{
    auto const today = TRY(rooms_.vault.today());
    return rooms_.store.write([&](Transaction& t) -> Result<PersonLetter> {
        auto const file = TRY(file_of(t, place));
        TRY(file.refuse_where_sent());
        if (!file.row.searched_at)
            return Error { Error::Kind::conflict, "nobody looked yet for what is held", "place" };
        auto who = TRY(asked(t, place, officer, operation));
        if (!who) return no_request(place);
        LetterFacts facts;
        facts.number = place;
        facts.asked = std::move(*who);
        facts.items = TRY(decided(t, file, { place, "the reply", operation, officer }));
        if (auto const known = national_.remedy(settings_.of.party, today))
            facts.remedy = known->text;
        facts.unit = settings_.of.unit;
        facts.at = clock_();
        return PersonLetter { letter_of(facts) };
    });
}

Result<PersonLetter> PersonRequests::preview(std::int64_t place, Officer const& officer)
{
    return compose(place, Operation::consult, officer);
}

Result<PersonLetter> PersonRequests::letter(std::int64_t place, Officer const& officer)
{
    auto out = TRY(compose(place, Operation::disclose, officer));
    out.file = TRY(document::pdf(out.document));
    out.sha256 = to_hex(crypto::sha256(ByteView { out.file }));
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto file = TRY(file_of(t, place));
        TRY(file.refuse_where_sent());
        file.row.letter_at = out.document.created;
        file.row.letter_sha256 = out.sha256;
        TRY(update_person(t, file.row));
        return enter_export(t, file, out, officer);
    }));
    return out;
}

/// Art. 32(1): it leaves every case that it tells of, and the destruction of an item will name it.
Result<void> PersonRequests::enter_export(
    Transaction& transaction, File const& file, PersonLetter const& letter, Officer const& officer)
{
    std::set<std::string> cases;
    for (auto const& item : file.items) {
        bool const told = item.answer == ItemAnswer::full || item.answer == ItemAnswer::partial;
        if (!item.chosen || !told) continue;
        cases.insert(item.case_number);
        auto const added = rooms_.vault.add_copy(transaction, item.message,
            { protection::CopyKind::exported,
                fmt::format("{}, {}", need_of(file.row.place), letter.sha256.substr(0, 16)) });
        if (!added.ok() && added.error().kind != Error::Kind::not_found) return added.error();
    }
    for (auto const& number : cases) {
        casework::Export fresh { 0, number, piece, "pdf", need_of(file.row.place),
            letter.document.created, officer.account, officer.name, 0, letter.sha256, "none" };
        // What was never filed belongs to no case, so only the list has it.
        if (TRY(casework::find_case(transaction, number)))
            TRY(rooms_.casework.enter_export(transaction, std::move(fresh)));
        else
            TRY(casework::insert_export(transaction, std::move(fresh)));
    }
    return {};
}

} // namespace comity::rights
