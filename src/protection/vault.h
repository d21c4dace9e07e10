#pragma once

#include "ledger/ledger.h"
#include "protection/destruction.h"
#include "protection/key_file.h"
#include "protection/operation_log.h"
#include "protection/term.h"

#include <atomic>
#include <set>

/// Where every item of personal data lies: sealed under a key of its own, which is wrapped under
/// the key of a drawer (one State, one day of destruction), which lies in the key file. When an
/// item goes, the key that wrapped its key goes from the key file in the same act, so no copy of
/// the database, however old, opens it again.
namespace comity::protection {

/// The tables of this room, for Store::open.
extern std::span<store::Migration const> const migrations;

constexpr std::size_t item_id_bytes_max = 200;
constexpr std::size_t content_bytes_max = 16U << 20U;
constexpr std::size_t heading_bytes_max = 4096;
constexpr std::size_t item_terms_max = 64;
constexpr std::size_t item_copies_max = 1000;
constexpr std::size_t place_bytes_max = 1024;
constexpr std::size_t drawer_items_max = 1024; ///< An early destruction wraps so many keys anew.
constexpr std::size_t found_max = 10'000;
/// A clock that jumped further than this since the last destruction has to be confirmed.
constexpr std::chrono::days days_jump_max { 31 };

struct NewItem {
    std::string id; ///< Of a message, or of a part of one.
    Label label;
    Bytes content;
    std::vector<Term> terms {}; ///< What it may be found by.
    std::optional<std::uint64_t> entry {}; ///< Of the register: its sending or receipt.
    std::string heading {}; ///< What a list shows of it; sealed with the label.
};

/// What takes the place of a content that was wrong.
struct Replacement {
    Bytes content;
    std::string heading;
    std::vector<Term> terms {};
    std::string earlier; ///< The id under which what it said before is kept.
};

/// Who does what is no reading: an account, or "node".
struct Actor {
    std::string officer;
    std::string need; ///< Case number or task.
};

/// What came of wanting to use an item. A refusal is no error: it cites what refuses it.
struct Read {
    UseJudgement judgement;
    std::optional<Label> label {}; ///< Where it is permitted, as is the content.
    std::optional<Bytes> content {};
    OperationEntry entry; ///< What the log of operations says of it, in the same commit.
    std::string heading {};
};

class Vault {
public:
    struct Settings {
        KeyFile::Places keys;
        std::string own_state;
        std::string zone; ///< Whose midnight ends a day.
    };
    /// After a crash it finishes what was begun. The store has protection's and the ledger's
    /// tables; both outlive the vault. Errors: conflict where the key file is in use, or older than
    /// the database (it would bring back keys that were destroyed); those of KeyFile::open.
    static Result<std::unique_ptr<Vault>> open(store::Store& store, ledger::Ledger& ledger,
        Settings settings, crypto::Key256 const& node_key, Clock clock, Random random);

    Instant now() const { return clock_(); }
    /// The day that counts: the clock's, but never one before a day on which destruction ran.
    Result<Date> today() const;

    /// Seals and keeps. Errors: malformed naming the member (no purpose, no day, a day that has
    /// come); conflict where the id is taken; too_large.
    Result<void> put(store::Transaction& t, NewItem const& item, Actor const& actor);
    /// Judges, opens where it is permitted, and notes it either way. Errors: not_found for an
    /// item that is not there or whose key is gone; conflict where its row was changed.
    Result<Read> read(store::Transaction& t, std::string_view id, Use const& use);

    /// What a list shows of each, for the purpose it came for; nothing where the officer may not
    /// see it or where it is gone. The list is noted as a whole, before it is shown. Not from
    /// inside a write.
    Result<std::vector<std::optional<std::string>>> headings(
        std::span<std::string const> ids, Use const& use) const;

    /// Another date of Art. 31(4)(b), or another hold. Errors: not_found; malformed; conflict for
    /// an item whose day has come.
    Result<void> set_deadlines(
        store::Transaction& t, std::string_view id, Deadlines const& deadlines, Actor const& actor);
    /// Art. 32(4). Errors: not_found; malformed, `level`.
    Result<void> set_level(
        store::Transaction& t, std::string_view id, std::uint8_t level, Actor const& actor);
    Result<void> set_hold(store::Transaction& t, std::string_view id,
        std::optional<Hold> const& hold, Actor const& actor);
    Result<void> add_consent(
        store::Transaction& t, std::string_view id, Consent const& consent, Actor const& actor);
    /// The State that gave it takes it back. False where the item holds none of that number.
    Result<bool> end_consent(
        store::Transaction& t, std::string_view id, std::string_view number, Actor const& actor);
    /// Art. 31(4)(c): what is right takes its place. What it said before stays sealed under an id
    /// of its own, is found by no word, and goes when the item goes. Errors: not_found; too_large;
    /// conflict for an item whose day has come, or an id that is taken.
    Result<void> replace(store::Transaction& t, std::string_view id, Replacement const& replacement,
        Actor const& actor);
    /// What stands on it, for whoever decides about an item without reading it. Error: not_found.
    Result<Label> label(store::Transaction& t, std::string_view id) const;
    /// Other words to find it by.
    Result<void> set_terms(
        store::Transaction& t, std::string_view id, std::vector<Term> const& terms);
    /// Where else it lies, to be reached by its destruction.
    Result<void> add_copy(store::Transaction& t, std::string_view id, Copy const& copy);
    Result<std::vector<Copy>> copies(store::Transaction& t, std::string_view id) const;
    /// The register's entry of its sending or receipt, once there is one.
    Result<void> set_entry(store::Transaction& t, std::string_view id, std::uint64_t entry);

    /// A word as a room above keeps it in a table of its own, to find the same word again: 16 bytes
    /// of HMAC-SHA-256 under a key of the node. Nobody without that key can test a guess.
    Bytes blind(std::string_view word) const;

    /// Items by a word, in every period: their ids, never content. Noted without the word.
    Result<std::vector<Found>> find(store::Transaction& t, Term const& term, Use const& use) const;

    /// The item, its key, its words, and what hangs on it; entries in log and register. Once the
    /// commit is durable the key that wrapped its key is gone too. Nothing where it is gone
    /// already.
    Result<std::vector<Destroyed>> destroy(store::Transaction& t, std::string_view id,
        message::DestructionGround ground, Actor const& actor);
    /// What is destroyed next, the first day first; after that what has no key any more (it came
    /// back with a backup), in the order in which it was kept.
    Result<std::vector<Found>> next_due(store::Transaction& t, std::size_t count_max) const;
    /// The ids of those whose day has come, in that order. Error: conflict for a clock that jumped.
    Result<std::vector<std::string>> due(store::Transaction& t, std::size_t count_max) const;
    /// Those whose day has come, `count_max` at most and what hangs on them; when there are no
    /// more, every key of a day that is over. Error: conflict for a clock that jumped.
    Result<std::vector<Destroyed>> destroy_due(store::Transaction& t, std::size_t count_max);
    /// Somebody looked at a calendar: the clock may be this far on.
    void confirm_day(Date day);
    /// Every key of a day that is over, in one act: whatever the database or a copy of it still
    /// holds of these days opens no more. How many died.
    Result<std::size_t> destroy_period();
    /// What else is done for each item of such a Party, in the commit in which it goes.
    struct AtEnd {
        std::function<Result<void>(store::Transaction&, std::string const& id)> before;
        std::function<Result<void>(store::Transaction&, Destroyed const&)> after;
    };
    /// A Party's last day: all that came from it, in commits of its own. Not from inside a write.
    Result<DestructionCertificate> end_party(
        std::string const& owner, Date last_day, AtEnd const& at_end = {});
    /// A room above that keeps something beside its items hears of each that goes, whatever
    /// destroys it, in that commit. Before anything is destroyed.
    using HearsOfDestruction = std::function<Result<void>(store::Transaction&, Destroyed const&)>;
    void on_destroyed(HearsOfDestruction hears) { hear_.push_back(std::move(hears)); }

    /// Art. 31(4)(e): reading the log is a use of what it tells of persons, and one line of it.
    Result<void> note_reading(store::Transaction& t, Actor const& actor, std::string_view purpose,
        std::string_view what) const;
    /// Follows the chain of operations (verify_operations).
    Result<std::uint64_t> verify_log(store::Transaction& t) const;

    Vault(store::Store& store, ledger::Ledger& ledger, Settings settings,
        std::unique_ptr<KeyFile> keys, crypto::Key256 const& node_key, Clock clock, Random random);

private:
    struct Kept; // a row with what opens it
    struct Drawer {
        std::uint64_t id = 0;
        std::size_t items = 0;
    };
    struct Wrapped {
        std::uint64_t drawer = 0;
        Bytes key;
    };
    using Place = std::pair<std::string, Date>; ///< A State and the day on which its key dies.

    Result<Date> today(KeyRing const& ring) const;
    Bytes seal(crypto::Key256 const& key, std::string_view beside, ByteView plain) const;
    Result<Kept> kept(store::Transaction& t, std::string_view id) const;
    Result<Kept> open_row(Kept out, KeyRing const& ring) const;
    Result<std::int64_t> next_item(store::Transaction& t);
    Result<void> relabel(store::Transaction& t, Kept& item);
    /// Takes the ring anew where it had to add a key.
    Result<std::uint64_t> drawer_for(
        store::Transaction& t, Place const& place, std::shared_ptr<KeyRing const>& ring);
    Result<std::uint64_t> add_key(store::Transaction& t, KeyKind kind, Place const& place);
    Result<crypto::Key256> index_key(store::Transaction& t, Place const& month);
    /// Wraps its key in a drawer of its day, and blinds its words for the month.
    Result<Wrapped> wrap(store::Transaction& t, Kept const& item,
        std::shared_ptr<KeyRing const>& ring, crypto::Nonce96 const& nonce);
    Result<void> index(store::Transaction& t, Kept const& item);
    using DrawerFits = std::function<bool(PeriodKey const&)>;
    using ItemFits = std::function<bool(Found const&)>;
    /// What lies in drawers that fit, the first day first; after it what fits itself in drawers
    /// whose key is gone.
    Result<std::vector<Found>> lying(store::Transaction& t, DrawerFits const& drawer_fits,
        ItemFits const& item_fits, std::size_t count_max) const;
    Result<std::vector<Found>> due_by(store::Transaction& t, Date day, std::size_t count_max) const;
    /// What left a drawer must not be opened by its key: it dies, what stays moves to a new one.
    Result<void> replace_drawer(store::Transaction& t, std::uint64_t drawer);

    Result<void> note(store::Transaction& t, Operation operation, Kept const& item,
        Actor const& actor, std::vector<std::string> provisions) const;
    /// Without an item: a search.
    Result<OperationEntry> note_use(store::Transaction& t, Kept const* item, Use const& use,
        UseJudgement const& judgement) const;

    /// One act on several items; `drawers` are those that items left.
    struct Destruction {
        message::DestructionGround ground {};
        Actor actor;
        std::vector<Destroyed> done {};
        std::set<std::uint64_t> drawers {};
    };
    Result<void> destroy_one(store::Transaction& t, std::string const& id, Destruction& act);
    Result<void> destroy_all(
        store::Transaction& t, std::vector<std::string> const& ids, Destruction& act);
    Result<std::optional<std::uint64_t>> enter(
        store::Transaction& t, std::optional<std::uint64_t> fulfilled, Instant at);
    Result<void> kill(std::uint64_t drawer);
    Result<void> settle();
    Result<Date> day_of_destruction() const;
    Result<void> take_party(DestructionCertificate& certificate, AtEnd const& at_end);
    Result<std::size_t> kill_those(std::function<bool(PeriodKey const&)> const& fits, Date seen);

    store::Store& store_;
    ledger::Ledger& ledger_;
    Settings settings_;
    std::unique_ptr<KeyFile> keys_;
    crypto::Key256 word_key_;
    mutable OperationLog log_; ///< Touched by the writer alone, as is what follows the clock.
    Clock clock_;
    Random random_;
    std::atomic<Date> confirmed_ {}; ///< See confirm_day.
    store::Recalled<std::int64_t> newest_item_;
    std::map<Place, Drawer> open_drawers_; ///< A hint, never trusted.
    std::map<Place, std::uint64_t> index_keys_; ///< The same.
    std::vector<HearsOfDestruction> hear_;
};

} // namespace comity::protection
