#include "casework/carry_over.h"

#include "casework/call.h"
#include "exchange/exchange.h"
#include "protection/older_items.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using protection::OlderItem;
using store::Row;
using store::Transaction;

constexpr std::size_t items_a_commit = 64;

/// Sealed into the vault by the node itself, whoever wrote it first.
constexpr std::string_view by_node = "node";

struct OlderBody {
    ContentRow row;
    std::string text;
};

Result<std::vector<OlderBody>> older_bodies(Transaction& t, std::size_t count_max)
{
    return t.all(
        "SELECT message, case_number, type, body FROM casework_body ORDER BY id LIMIT $1",
        [](Row const& row) {
            return OlderBody { { row.text(0), row.text(1), row.text(2) }, row.text(3) };
        },
        count_max);
}

Result<Heading> older_heading(Transaction& t, std::string_view number)
{
    auto const found = TRY(t.one(
        "SELECT plate, subject, offence FROM casework_case WHERE number = $1",
        [](Row const& row) { return Heading { row.text(0), row.text(1), row.text(2) }; }, number));
    return found.value_or(Heading {});
}

Result<std::vector<DecisionRow>> older_decisions(Transaction& t, std::string_view number)
{
    return t.all(
        "SELECT role, party, at, decision FROM casework_decision WHERE case_number = $1 "
        "ORDER BY id",
        [](Row const& row) {
            auto at = parse_instant(row.text(2));
            auto decision = json::parse(row.text(3));
            MUST(at.ok() && decision.ok()); // this node wrote it
            return DecisionRow { row.text(0), row.text(1), at.value(), decision.take() };
        },
        number);
}

class Carrier {
public:
    Carrier(Transaction& t, protection::Vault& vault, Settings const& settings, Instant now)
        : t_(t)
        , vault_(vault)
        , settings_(settings)
        , now_(now)
    {
    }

    Result<void> body(OlderBody const& body)
    {
        auto const item = TRY(protection::older_item(t_, body.row.message));
        auto const row = TRY(find_case(t_, body.row.number));
        if (item && item->erase_by <= TRY(vault_.today())) {
            TRY(destroy(body.row.message));
        } else {
            NewContent content { body.row, body.text };
            if (row && row->request_message == body.row.message) {
                content.heading = TRY(older_heading(t_, row->number));
                content.decisions = TRY(older_decisions(t_, row->number));
            }
            auto const said = json::parse(body.text);
            auto const* object = said.ok() ? said.value().if_object() : nullptr;
            content.label = label_of(settings_, TRY(supplied(body.row.message, item, row)),
                body.row.type, object ? *object : json::Object {}, now_);
            TRY(keep_content(t_, vault_, content, by_node));
        }
        TRY(t_.run("DELETE FROM casework_body WHERE message = $1", body.row.message));
        return protection::drop_older_item(t_, body.row.message);
    }

    /// Of no case: the exchange holds it sealed, and the vault keeps its day.
    Result<void> item(OlderItem const& item)
    {
        if (item.erase_by <= TRY(vault_.today())) {
            TRY(destroy(item.message));
        } else {
            NewContent content { { item.message, {}, {} }, {} };
            content.label
                = label_of(settings_, TRY(supplied(item.message, item, {})), {}, {}, now_);
            TRY(keep_content(t_, vault_, content, by_node));
        }
        return protection::drop_older_item(t_, item.message);
    }

private:
    Result<Supplied> supplied(std::string const& message, std::optional<OlderItem> const& item,
        std::optional<CaseRow> const& row)
    {
        Supplied out;
        auto const stored = exchange::message_by_id(t_, message);
        if (!stored.ok() && stored.error().kind != Error::Kind::not_found) return stored.error();
        if (stored.ok())
            out = supplied_by(TRY(json::read_text<message::Manifest>(
                as_text(stored.value().manifest), json::Unknown::keep)));
        if (row && out.owner.empty()) out.owner = row->requesting;
        if (row && out.purpose.empty()) out.purpose = row->purpose;
        out.personal_data = item.has_value();
        if (!item) return out;
        out.owner = item->owner;
        out.purpose = item->purpose;
        out.erase_by = item->erase_by;
        return out;
    }

    /// The rest of it goes with what is owed.
    Result<void> destroy(std::string const& message)
    {
        if (is_call(message)) return {};
        return insert_owed(t_, message);
    }

    Transaction& t_;
    protection::Vault& vault_;
    Settings const& settings_;
    Instant now_;
};

/// Decisions and headings of contents that are gone should have gone with them.
Result<void> clear_rest(Transaction& t)
{
    TRY(t.run("DELETE FROM casework_decision"));
    TRY(t.run("UPDATE casework_case SET plate = '', subject = '', offence = '' "
              "WHERE plate <> '' OR subject <> '' OR offence <> ''"));
    return {};
}

} // namespace

Result<std::size_t> carry_over(
    store::Store& store, protection::Vault& vault, Settings const& settings, Instant now)
{
    std::size_t carried = 0;
    for (;;) {
        auto const some = TRY(store.write([&](Transaction& t) -> Result<std::size_t> {
            Carrier carrier { t, vault, settings, now };
            auto const bodies = TRY(older_bodies(t, items_a_commit));
            for (auto const& body : bodies) TRY(carrier.body(body));
            if (!bodies.empty()) return bodies.size();
            auto const items = TRY(protection::older_items(t, items_a_commit));
            for (auto const& item : items) TRY(carrier.item(item));
            if (items.empty()) TRY(clear_rest(t));
            return items.size();
        }));
        if (some == 0) return carried;
        carried += some;
    }
}

} // namespace comity::casework
