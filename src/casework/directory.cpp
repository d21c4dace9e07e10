#include "casework/directory.h"

#include "casework/arrival.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::casework {
namespace {

using exchange::Delivered;
using exchange::Disposition;
using message::Contact;
using message::Type;
using store::Row;
using store::Transaction;

constexpr auto provision = "A3.1(d)";
/// A directory belongs to no case; its messages need a number all the same.
constexpr std::string_view number_of_editions = "DIRECTORY";

/// A text that this node wrote itself; anything else is a broken database.
template <class T> T own(Result<T> read)
{
    MUST(read.ok());
    return read.take();
}

ContactEntry read_entry(Row const& row)
{
    auto const act = json::from_word<ContactAct>(row.text(2));
    MUST(act.has_value());
    return { row.text(0), own(json::read_text<Contact>(row.text(1), json::Unknown::refuse)), *act,
        own(parse_instant(row.text(3))), row.text(4), row.integer(5) };
}

Result<std::vector<ContactEntry>> entries(Transaction& t)
{
    return t.all("SELECT state, contact, act, at, by_name, edition FROM casework_contact "
                 "ORDER BY state, authority, id",
        read_entry);
}

Result<void> insert(Transaction& t, ContactEntry const& entry)
{
    TRY(t.run("INSERT INTO casework_contact (state, authority, act, at, by_name, edition, contact) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        entry.state, entry.contact.authority, json::word(entry.act), to_text(entry.at), entry.by,
        entry.edition, json::to_text(entry.contact)));
    return {};
}

struct Edition {
    std::int64_t number = 0;
    std::optional<Instant> at {};
};

Result<Edition> newest_edition(Transaction& t, std::string_view state)
{
    auto const found = TRY(t.one(
        "SELECT edition, at FROM casework_edition WHERE state = $1 "
        "ORDER BY edition DESC LIMIT 1",
        [](Row const& row) { return Edition { row.integer(0), own(parse_instant(row.text(1))) }; },
        state));
    return found.value_or(Edition {});
}

Result<void> insert_edition(Transaction& t, std::string_view state, Edition const& edition)
{
    TRY(t.run("INSERT INTO casework_edition (state, edition, at) VALUES ($1, $2, $3)", state,
        edition.number, to_text(*edition.at)));
    return {};
}

/// What holds, by State and authority.
std::map<std::pair<std::string, std::string>, ContactLine> lines_of(
    std::vector<ContactEntry> const& all, std::string_view own_state, Date today)
{
    std::map<std::pair<std::string, std::string>, ContactLine> out;
    for (auto const& entry : all) {
        auto& line = out[{ entry.state, entry.contact.authority }];
        line.state = entry.state;
        line.contact = entry.contact;
        line.own = entry.state == own_state;
        line.changed_at = entry.at;
        if (entry.act == ContactAct::ended) line.verified_by.reset();
        if (entry.contact.verified_on && entry.act != ContactAct::ended)
            line.verified_by = entry.by;
        line.overdue = is_overdue(entry.contact, today);
        line.history.push_back(entry);
    }
    std::erase_if(
        out, [](auto const& each) { return each.second.history.back().act == ContactAct::ended; });
    return out;
}

/// What an officer typed, against the dictionary of messages.
Result<void> check(Contact const& contact)
{
    std::vector<std::string> none;
    TRY(message::check(message::shape_of<Contact>(), json::write(contact), none));
    if (contact.authority.empty())
        return Error { Error::Kind::malformed, "an entry names its authority", "authority" };
    if (contact.telephones.empty() && contact.e_mails.empty())
        return Error { Error::Kind::malformed, "an entry says how to reach it", "telephones" };
    return {};
}

std::vector<Contact> contacts_of(
    std::map<std::pair<std::string, std::string>, ContactLine> const& lines, std::string_view state)
{
    std::vector<Contact> out;
    for (auto const& [at, line] : lines)
        if (at.first == state) out.push_back(line.contact);
    return out;
}

bool same(Contact const& one, Contact const& other)
{
    return json::to_text(one) == json::to_text(other);
}

} // namespace

bool is_overdue(Contact const& contact, Date today)
{
    return !contact.verified_on || *contact.verified_on + usual_verification <= today;
}

Directory::Directory(store::Store& store, exchange::Exchange& exchange, Casework& casework,
    treaty::Law const& law, Settings settings, Clock clock)
    : store_(store)
    , exchange_(exchange)
    , casework_(casework)
    , law_(law)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
{
    casework_.on_message(Type::contact_directory,
        [this](Transaction& t, Delivered const& delivered) { return receive(t, delivered); });
}

Result<DirectoryView> Directory::view()
{
    auto const today = std::chrono::floor<std::chrono::days>(clock_());
    return store_.read([&](Transaction& t) -> Result<DirectoryView> {
        auto const all = TRY(entries(t));
        auto const sent = TRY(newest_edition(t, settings_.party));
        DirectoryView out { {}, sent.number, sent.at };
        for (auto& each : lines_of(all, settings_.party, today))
            out.contacts.push_back(std::move(each.second));
        out.changed = std::ranges::any_of(all, [&](ContactEntry const& each) {
            return each.state == settings_.party && (!sent.at || each.at > *sent.at);
        });
        return out;
    });
}

Result<void> Directory::enter(Contact contact, Officer const& officer)
{
    contact.verified_on = std::chrono::floor<std::chrono::days>(clock_());
    TRY(check(contact));
    return store_.write([&](Transaction& t) -> Result<void> {
        auto const lines = lines_of(TRY(entries(t)), settings_.party, {});
        bool const known = lines.contains({ settings_.party, contact.authority });
        if (!known && contacts_of(lines, settings_.party).size() >= contacts_max)
            return Error { Error::Kind::too_large,
                fmt::format("a directory has {} entries at most", contacts_max), "authority" };
        return insert(t, { settings_.party, contact, ContactAct::entered, clock_(), officer.name });
    });
}

Result<void> Directory::verify(
    std::string_view state, std::string_view authority, Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<void> {
        auto const lines = lines_of(TRY(entries(t)), settings_.party, {});
        auto const found = lines.find({ std::string { state }, std::string { authority } });
        if (found == lines.end())
            return Error { Error::Kind::not_found, "there is no such entry", "authority" };
        auto contact = found->second.contact;
        contact.verified_on = std::chrono::floor<std::chrono::days>(clock_());
        return insert(t,
            { std::string { state }, contact, ContactAct::verified, clock_(), officer.name,
                found->second.history.back().edition });
    });
}

Result<void> Directory::end(std::string_view authority, Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<void> {
        auto const lines = lines_of(TRY(entries(t)), settings_.party, {});
        auto const found = lines.find({ settings_.party, std::string { authority } });
        if (found == lines.end())
            return Error { Error::Kind::not_found, "there is no such entry of ours", "authority" };
        return insert(t,
            { settings_.party, found->second.contact, ContactAct::ended, clock_(), officer.name });
    });
}

Result<std::size_t> Directory::publish(Officer const& officer)
{
    auto const now = clock_();
    message::ContactDirectory edition { 0, std::chrono::floor<std::chrono::days>(now) };
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        edition.contacts
            = contacts_of(lines_of(TRY(entries(t)), settings_.party, {}), settings_.party);
        auto const last = TRY(newest_edition(t, settings_.party)).number;
        edition.edition = static_cast<std::uint32_t>(last + 1);
        return {};
    }));
    if (edition.contacts.empty())
        return Error { Error::Kind::conflict, "our directory has no entry yet", "contacts" };
    TRY(message::check_body(edition));
    auto const text = json::to_text(edition);
    std::vector<exchange::Sealed> sealed;
    for (auto const& peer : exchange_.trust().peers()) {
        if (peer.state == settings_.party) continue;
        exchange::Outgoing outgoing { Type::contact_directory, peer.state,
            { std::string { number_of_editions }, {} } };
        outgoing.legal_basis = { "PCC SEE", { provision }, law_.version() };
        outgoing.verdict = json::word(treaty::Verdict::permitted);
        outgoing.purpose = json::word(treaty::Purpose::prevention);
        outgoing.personal_data = false;
        outgoing.officer = officer.account;
        outgoing.parts = { { json::word(Type::contact_directory),
            message::schema_of(Type::contact_directory), to_bytes(text) } };
        sealed.push_back(TRY(exchange_.seal(std::move(outgoing))));
    }
    return store_.write([&](Transaction& t) -> Result<std::size_t> {
        if (TRY(newest_edition(t, settings_.party)).number + 1 != edition.edition)
            return Error { Error::Kind::conflict, "an edition was sent meanwhile", "edition" };
        TRY(insert_edition(t, settings_.party, { edition.edition, now }));
        for (auto const& each : sealed) {
            TRY(exchange_.submit(t, each));
            TRY(casework_.keep(t, each.manifest, {}, text));
        }
        return sealed.size();
    });
}

Result<Disposition> Directory::receive(Transaction& t, Delivered const& delivered)
{
    auto const& from = delivered.manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::ContactDirectory>(text, json::Unknown::keep);
    if (!read.ok()) return rejected(read.error());
    auto const& edition = read.value();
    if (edition.edition <= TRY(newest_edition(t, from)).number)
        return rejected(
            { Error::Kind::conflict, "an edition as new as this one is here already", "edition" });
    auto const lines = lines_of(TRY(entries(t)), settings_.party, {});
    auto const now = delivered.received_at;
    auto const by = node_of(from);
    for (auto const& contact : edition.contacts) {
        auto const known = lines.find({ from, contact.authority });
        if (known != lines.end() && same(known->second.contact, contact)) continue;
        TRY(insert(t, { from, contact, ContactAct::received, now, by, edition.edition }));
    }
    for (auto const& [at, line] : lines) {
        bool const named = std::ranges::any_of(
            edition.contacts, [&](Contact const& each) { return each.authority == at.second; });
        if (at.first == from && !named)
            TRY(insert(t, { from, line.contact, ContactAct::ended, now, by, edition.edition }));
    }
    TRY(insert_edition(t, from, { edition.edition, now }));
    TRY(casework_.keep(t, delivered.manifest, {}, text));
    return Disposition { json::word(treaty::Verdict::permitted), law_.version(),
        { { provision, json::word(treaty::Outcome::holds) } } };
}

} // namespace comity::casework
