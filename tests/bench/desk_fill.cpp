// desk_fill NODE_FOLDER FIRST LAST [LAST_DAY]: fills a node that does not run with made-up cases
// FIRST to LAST, as an exchange would have left them: the case, its messages and their entries in
// the register, their contents in the vault, its timeline, who has it. Signatures are left out: no
// page of a desk reads them. On LAST_DAY, 400 days from now where it is missing, they are
// destroyed. Everything is synthetic and marked TEST.
#include "bench/measure.h"
#include "casework/access_list.h"
#include "casework/arrival.h"
#include "casework/casework_store.h"
#include "casework/statistics.h"
#include "exchange/exchange_store.h"
#include "main/config.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

namespace {

using namespace comity;
using casework::CaseState;
using store::Transaction;

constexpr std::array<std::string_view, 6> peers { "RO", "RS", "MK", "HU", "AT", "MD" };
constexpr std::array<std::string_view, 3> kinds { "vehicle-owner", "driving-licence", "residence" };
constexpr std::array<std::string_view, 8> families { "Petrov", "Ivanova", "Dimitrov", "Georgieva",
    "Nikolov", "Stoyanova", "Todorov", "Markova" };
constexpr std::size_t officers = 20; ///< Of tests/bench/desk.py: each has a case in so many.
constexpr std::size_t frequent_each = 64; ///< A case of so many is about one name that many bear.
constexpr std::size_t open_cases = 200; ///< The newest ones; the others are answered.
constexpr std::size_t all_days = 700; ///< Over which they are spread.

struct Made {
    std::size_t place;
    std::size_t last;

    bool ours() const { return place % 2 == 0; }
    bool open() const { return place + open_cases > last; }
    std::string peer() const { return std::string { peers[place / 2 % peers.size()] }; }
    std::string kind() const { return std::string { kinds[place / 12 % kinds.size()] }; }
    std::string own_number() const { return fmt::format("F-{:08}", place); }
    std::string number() const { return ours() ? own_number() : peer() + "/" + own_number(); }
    std::string message(char what) const
    {
        return fmt::format("019d0000-{:04x}-7000-8000-{:011x}{}", place >> 24U, place, what);
    }
    std::string plate() const
    {
        return fmt::format("TE {:04} {:04}", place / 7919 % 10'000, place % 10'000);
    }
    bool frequent() const { return place / officers % frequent_each == 0; }
    std::string family() const
    {
        return std::string { families[frequent() ? 0 : place / 3 % families.size()] };
    }
    std::string given() const { return frequent() ? "Testivan" : "Test" + spoken(place % 50'021); }
    std::string birth_date() const
    {
        return fmt::format("{}-{:02}-{:02}", 1950 + place % 50, 1 + place % 12, 1 + place % 28);
    }
    std::string name() const { return given() + " " + family(); }

    /// In syllables that sound apart, as figures are no part of what a name is found by.
    static std::string spoken(std::size_t number)
    {
        constexpr std::string_view consonants = "bdfgklmnprtv", vowels = "aeio";
        std::string out;
        for (int syllable = 0; syllable < 3; ++syllable) {
            out += consonants[number % consonants.size()];
            number /= consonants.size();
            out += vowels[number % vowels.size()];
            number /= vowels.size();
        }
        return out;
    }
};

class Filler {
public:
    Filler(main::Rooms& rooms, std::size_t last, std::optional<Date> last_day)
        : rooms_(rooms)
        , last_(last)
        , now_(rooms.clock())
        , last_day_(last_day.value_or(
              std::chrono::floor<std::chrono::days>(now_) + std::chrono::days { 400 }))
    {
        for (auto const& each : rooms.access->accounts().take()) holders_.push_back(each.id);
        MUST(!holders_.empty());
    }

    Result<void> fill(Transaction& t, std::size_t place)
    {
        Made const it { place, last_ };
        auto const opened = now_ - std::chrono::hours { 1 }
            - std::chrono::seconds { (last_ - place) * all_days * 86'400 / last_ };
        auto const answered = opened + std::chrono::seconds { 60 + place % 7'200 };
        TRY(casework::put_case(t,
            { it.number(), it.ours() ? "" : it.own_number(), it.kind(), "investigation",
                "identify-owner", it.ours() ? "BG" : it.peer(), it.ours() ? it.peer() : "BG",
                !it.open()      ? CaseState::answered
                    : it.ours() ? CaseState::waiting
                                : CaseState::received,
                opened, opened + std::chrono::hours { 72 }, it.message('a') }));
        TRY(message(t, it, 'a', it.ours(), opened, "request", request(it)));
        TRY(event(t, it, opened, it.ours() ? "request-sent" : "request-received", 'a'));
        TRY(event(t, it, opened + std::chrono::seconds { 2 }, "receipt-received", 'a'));
        TRY(casework::insert_access(t, it.number(),
            { casework::AccessAct::taken, holders_[place % holders_.size()], "Duty officer TEST",
                opened, "TEST" }));
        if (it.open()) return {};
        TRY(message(t, it, 'b', !it.ours(), answered, "answer", answer(it)));
        return event(t, it, answered, it.ours() ? "answer-received" : "answer-sent", 'b');
    }

private:
    Result<void> event(Transaction& t, Made const& it, Instant at, std::string act, char message)
    {
        return casework::insert_event(t,
            { it.number(), at, at, std::move(act), "Duty officer TEST", it.message(message),
                { "A4(1)-1" }, { { "party", it.peer() } } });
    }
    Result<void> message(Transaction& t, Made const& it, char what, bool ours, Instant at,
        std::string type, json::Object const& body)
    {
        message::Station const own { "BG", "NCU TEST", {}, std::string(64, 'a') };
        message::Station const other { it.peer(), "NCU TEST", {}, std::string(64, 'b') };
        message::Manifest manifest {};
        manifest.v = 1;
        manifest.id = it.message(what);
        manifest.type = type;
        manifest.suite = "TEST";
        manifest.from = ours ? own : other;
        manifest.to = ours ? other : own;
        manifest.created_at = at;
        manifest.case_reference = { it.own_number(), {} };
        manifest.legal_basis = { "PCC SEE", { "A4(1)-1" }, rooms_.law.version() };
        manifest.purpose = "investigation";
        manifest.personal_data = true;
        manifest.retention = message::Retention { last_day_, "A31(4)(b)-1" };
        manifest.language = "en";
        auto const text = json::to_text(manifest);
        auto const entry
            = TRY(rooms_.ledger->append(t, as_view(json::to_text(leaf_of(manifest, ours)))));
        exchange::Stored const stored { manifest.id, ours ? "out" : "in", it.peer(),
            2 * it.place + (what == 'a' ? 1 : 2), type, ours ? "delivered" : "received", at,
            it.number(), entry, to_bytes(text), to_bytes("TEST"), to_bytes("TEST") };
        TRY(exchange::insert_message(t, stored, {}));
        if (!ours && !it.open()) TRY(tell_opened(t, it, manifest.id));
        return rooms_.casework->keep(t, manifest, it.number(), json::print(body),
            { it.plate(), it.name(), "vehicle theft TEST" });
    }
    /// Who asked or answered knows that it was read: a page opened again owes nobody a receipt.
    static Result<void> tell_opened(Transaction& t, Made const& it, std::string const& id)
    {
        exchange::LaterReceipt const receipt { id,
            std::string { json::word(message::ReceiptKind::opened) }, to_bytes("TEST") };
        TRY(exchange::put_later_receipt(t, it.peer(), exchange::Direction::out, receipt));
        return exchange::set_receipt_taken(t, receipt);
    }
    static message::RegisterEntry leaf_of(message::Manifest const& manifest, bool ours)
    {
        return { 1, ours ? message::Act::sent : message::Act::received, manifest.created_at,
            manifest.id, manifest.type, manifest.from.state, manifest.to.state, manifest.from.unit,
            manifest.to.unit, manifest.case_reference.ours, manifest.purpose,
            manifest.legal_basis.provisions, "permitted", manifest.legal_basis.law_version, true,
            manifest.retention->erase_by, std::string(64, 'c'), {} };
    }
    static json::Array list_of(json::Object const& one)
    {
        json::Array out;
        out.push_back(one);
        return out;
    }
    static json::Object request(Made const& it)
    {
        json::Object const identity { { "kind", "lawful" }, { "familyName", it.family() },
            { "givenName", it.given() }, { "birthDate", it.birth_date() },
            { "nationalities", json::Array {} } };
        return { { "kind", it.kind() }, { "caseNumber", it.own_number() },
            { "purpose", "investigation" }, { "offence", "vehicle theft TEST" },
            { "needGround", "identify-owner" }, { "requestingAuthority", "BG-IOCD" },
            { "requestedAuthority", "RO-MAI" }, { "medium", "system" },
            { "vehicle",
                json::Object { { "plate", it.plate() }, { "registrationState", it.peer() } } },
            { "person",
                json::Object {
                    { "identities", list_of(identity) }, { "documents", json::Array {} } } },
            { "decision", json::Object {} } };
    }
    static json::Object answer(Made const& it)
    {
        json::Object const holder { { "familyName", it.family() }, { "givenName", it.given() },
            { "legalEntity", false } };
        json::Object const vehicle { { "plate", it.plate() }, { "registrationState", it.peer() },
            { "vin", fmt::format("TESTVIN{:010}", it.place) }, { "make", "DACIA" },
            { "model", "TEST" }, { "category", "M1" }, { "colour", "blue" },
            { "firstRegistration", "2015-05-05" }, { "stolen", false }, { "holder", holder },
            { "owner", holder } };
        return { { "kind", it.kind() }, { "caseNumber", it.own_number() }, { "result", "hit" },
            { "vehicles", list_of(vehicle) }, { "requestDecision", json::Object {} },
            { "decision", json::Object {} } };
    }

    main::Rooms& rooms_;
    std::size_t last_;
    Instant now_;
    Date last_day_;
    std::vector<std::string> holders_; ///< In the order of their names.
};

/// Each case is a work of its own, as in an exchange: many in one work make SQLite walk all that it
/// might have to undo at every statement.
Result<void> fill(
    main::Rooms& rooms, std::size_t first, std::size_t last, std::optional<Date> last_day)
{
    Filler filler { rooms, last, last_day };
    std::atomic next { first };
    std::mutex mutex;
    Result<void> failed {};
    auto const work = [&] {
        for (auto place = next++; place <= last; place = next++) {
            auto const done
                = rooms.store->write([&](Transaction& t) { return filler.fill(t, place); });
            if (done.ok()) continue;
            std::scoped_lock const hold { mutex };
            failed = done;
            next = last + 1;
        }
    };
    {
        std::vector<std::jthread> at_work;
        for (std::size_t i = 0; i < store::group_writes_max; ++i) at_work.emplace_back(work);
    }
    TRY(failed);
    casework::Statistics statistics { *rooms.store, "BG", rooms.clock };
    while (TRY(statistics.count_some()) > 0) { }
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    MUST(argc == 4 || argc == 5);
    auto const config = main::read_config(argv[1]).take();
    auto rooms = main::open_rooms(config).take();
    auto const last_day = argc == 5 ? std::optional { parse_date(argv[4]).take() } : std::nullopt;
    auto const done = fill(
        *rooms, std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10), last_day);
    if (done.ok()) return 0;
    std::cerr << done.error().what << " " << done.error().field << "\n";
    return 1;
}
