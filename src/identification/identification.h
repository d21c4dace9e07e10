#pragma once

#include "casework/casework.h"
#include "identification/dna_case.h"
#include "identification/dna_draft.h"
#include "identification/result.h"

/// Article 20 between Parties: a profile is asked for, compared by the other node by itself, and
/// answered hit or no hit; kept on request where nothing was found, with a word when something
/// comes later; a hit is confirmed by experts before anybody asks for the person.
namespace comity::identification {

/// What became of a draft.
struct Outcome {
    treaty::Situation situation;
    treaty::Decision decision;
    std::vector<std::string> missing; ///< Paths of what the draft lacks, whatever the law says.
    std::optional<std::string> message; ///< Id; only when the decision permits.
    std::optional<std::int64_t> proposal {}; ///< Its place, where a second officer has to confirm.
};

/// Two experts looked at a hit, each for himself.
struct ConfirmationDraft {
    std::string match;
    bool confirmed = false;
    std::vector<message::Official> experts {};
    std::string method;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(ConfirmationDraft, (), (match, confirmed, experts, method, text))

/// Our profile of a hit is typed further, A20(1)-4.
struct TypingDraft {
    std::string match;
    std::vector<std::string> loci {};
    std::string laboratory;
    Date day; ///< On which it was ordered.
    std::optional<message::Money> costs {};
};
BOOST_DESCRIBE_STRUCT(TypingDraft, (), (match, loci, laboratory, day, costs))

/// What such typing costs the requested Party, A20(1)-5.
struct TypingCosts {
    std::string number; ///< Of our case.
    std::string requested;
    message::Money costs;
    Date day;
    casework::Officer officer;
};

/// What a question about a family can be expected to bring, before it is asked.
struct KinExpectation {
    message::Pedigree family;
    std::int64_t profiles = 0; ///< Reckoned with.
    double least_log_10_ratio = 0;
    double chance_found = 0; ///< That the missing one is listed, if he is in the file.
    double false_candidates = 0;
    struct Help {
        std::string what; ///< Name of a locus, or word of a Relation.
        bool locus = false;
        double chance_found = 0, false_candidates = 0;
    };
    std::vector<Help> helps; ///< On average over such families, the best first.
};

/// A relative's profile with his consent, for our own index.
struct RelativeDraft {
    message::Profile profile;
    Consent consent;
};
BOOST_DESCRIBE_STRUCT(RelativeDraft, (), (profile, consent))

/// Where a withdrawn consent was followed.
struct Withdrawn {
    std::vector<std::string> messages; ///< Notices of destruction, one for each request.
    std::vector<std::string> cases;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (messages, cases))

class Identification {
public:
    struct Rooms {
        store::Store& store;
        exchange::Exchange& exchange;
        casework::Casework& casework;
        protection::Vault& vault;
        treaty::Law const& law;
        ProfileDatabase& database;
        Terms const& terms;
    };
    /// Takes the messages of Article 20 from casework. All of the rooms outlive it.
    Identification(Rooms rooms, Settings settings, Clock clock, Random random);

    /// Puts profiles into the national file, all or none; those kept for other Parties are held
    /// against them by work(). Errors: those of ProfileDatabase::keep.
    Result<void> add(std::span<dna::Profile const> profiles, Date erase_by, std::string_view actor);

    /// A relative into the index of relatives. Errors name the field: those of
    /// ProfileDatabase::keep and profile_of; a consent that ends before tomorrow.
    Result<void> add_relative(RelativeDraft const& draft, std::string_view actor);
    /// Destroys his profile here and with every Party that it went to, each by a notice under
    /// A31(4)(b). Error: not_found.
    Result<Withdrawn> withdraw_consent(
        std::string_view reference, casework::Officer const& officer);
    /// `profiles`: how many bodies the other side may hold. Errors name the field.
    Result<KinExpectation> expect(FamilyDraft const& draft, std::int64_t profiles) const;

    /// Judges a draft; no effect. Errors name the field.
    Result<Outcome> try_request(DnaDraft const& draft) const;
    /// Judges, and where permitted records, registers and queues in one durable step. Error:
    /// malformed besides, naming what is missing.
    Result<Outcome> send(DnaDraft const& draft, casework::Officer const& officer);

    /// Confirms a hit of a case of ours, or says that it is none. The message's id. Errors:
    /// not_found for a case or a match that is not there; malformed naming the field.
    Result<std::string> confirm(
        std::string_view number, ConfirmationDraft const& draft, casework::Officer const& officer);
    /// A comparison with what of it he may see; each content that he opens is noted. Error:
    /// not_found for a case that is none.
    Result<DnaCase> open_case(std::string_view number, casework::Officer const& officer);

    /// A ledger of claims is told here, in the commit that records the costs.
    using HearsOfCosts = std::function<Result<void>(store::Transaction&, TypingCosts const&)>;
    void on_costs(HearsOfCosts hears) { costs_ = std::move(hears); }
    /// Records at the requested Party that further typing was ordered: names of the loci. Errors:
    /// not_found for a case that was not asked of us, or for `match`; not_permitted with what
    /// refuses; malformed naming the field; conflict for a profile that is gone.
    Result<std::vector<std::string>> order_typing(
        std::string_view number, TypingDraft const& draft, casework::Officer const& officer);

    /// An officer's word on a comparison that was asked of us and that the node did not answer, or
    /// on a later hit that it did not tell: it is made now. Where this State sets two officers for
    /// a hit, it waits for the second. Errors: not_found; not_permitted with what refuses; conflict
    /// where there is nothing to release.
    Result<casework::TakenStep> release(std::string_view number, casework::Officer const& officer);

    /// Answers the requests that wait and tells of later hits; destroys what has reached its day.
    /// The number looked at; the first error, after all were tried.
    Result<std::size_t> work();

private:
    Result<DnaCase> open(store::Transaction& transaction, casework::CaseRow const& row,
        casework::Officer const& officer);
    Result<casework::CaseRow> asked_of_us(
        store::Transaction& transaction, std::string_view number, casework::Officer const& officer);
    Result<void> offer_typing(
        store::Transaction& transaction, casework::CaseRow const& row, DnaCase& shown) const;
    Result<std::optional<dna::LocusMask>> typed_in(
        store::Transaction& transaction, message::DnaMatch const& match) const;
    struct Asked;
    struct Answer;
    struct Ready;
    /// A20(2): on its way to the Party that asked to keep a profile.
    struct LaterHit {
        std::string number, match, text;
        exchange::Sealed sealed;
    };
    Ways ways() const { return { rooms_.law, settings_, rooms_.terms }; }
    Result<exchange::Disposition> receive_request(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_result(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_destruction(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<DnaDraft> with_relatives(DnaDraft const& draft) const;
    Result<void> note_relatives(
        store::Transaction& transaction, DnaDraft const& draft, std::string const& message);
    Result<exchange::Sealed> seal_destruction(SentRelative const& sent);
    Result<std::string> send_destruction(store::Transaction& transaction, SentRelative const& sent,
        exchange::Sealed const& sealed, casework::Officer const& officer);
    Result<void> compare_family(message::DnaRequest const& request, Answer& out) const;
    Result<exchange::Disposition> receive_confirmation(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<void> settle(Task const& task);
    Result<void> settle_request(Task const& task);
    Result<void> settle_profile(Task const& task);
    Result<Answer> compare(message::DnaRequest const& request, std::string_view requesting) const;
    Result<std::optional<Asked>> asked_of(store::Transaction& transaction,
        casework::CaseRow const& row, casework::Officer const& officer);
    Result<Ready> prepare(Asked asked) const;
    exchange::Outgoing result_out(Ready const& ready) const;
    Result<std::string> keep_result(store::Transaction& transaction, Ready const& ready,
        exchange::Sealed const& sealed, std::string const& officer);
    Result<void> send_result(Task const& task, Asked asked);
    bool guards(message::DnaResult const& result) const;
    Result<void> hold(Task const& task, Ready const& ready);
    Result<void> hold_later(store::Transaction& transaction, LaterHit const& hit);
    Result<Asked> to_release(
        store::Transaction& transaction, std::string_view number, casework::Officer const& officer);
    Result<std::int64_t> propose(Ready const& ready, casework::Officer const& officer);
    /// In the commit of what leaves: its id.
    using Leaves = std::function<Result<std::string>(store::Transaction&)>;
    Result<Leaves> leaves(Ready const& ready, casework::Officer const& officer);
    Result<Leaves> leaves_later(Ready& ready, casework::Officer const& officer);
    Result<casework::TakenStep> release_now(
        Ready ready, casework::Officer const& officer, casework::Confirmation const* confirmation);
    Result<casework::TakenStep> let_leave(
        casework::Confirmation const& confirmation, json::Object const& draft);
    Result<void> keep_asked(store::Transaction& transaction, Ready const& ready, Date erase_by);
    Result<void> keep_family(store::Transaction& transaction, casework::CaseRow const& row,
        std::string const& message, Date erase_by);
    Result<void> find_later(
        dna::Profile const& fresh, dna::RuleSet const& rules, std::vector<LaterHit>& out) const;
    Result<void> find_later_kin(dna::Profile const& fresh, std::vector<LaterHit>& out);
    Result<void> find_later_kin(
        KeptFamily const& kept, dna::Profile const& fresh, std::vector<LaterHit>& out);
    Result<LaterHit> later_hit(
        casework::CaseRow const& row, message::DnaResult const& result, std::string match) const;
    Result<bool> may_keep(message::DnaRequest const& request, Answer const& answer,
        std::string_view requesting) const;
    Result<std::string> tell_later(
        store::Transaction& transaction, LaterHit const& hit, std::string const& officer);
    Result<dna::RuleSet> rules_with(std::string_view party) const;

    Rooms rooms_;
    Settings settings_;
    Clock clock_;
    Random random_;
    HearsOfCosts costs_ = [](auto&, auto const&) -> Result<void> { return {}; };
};

/// "dna-comparison": the kind of such a case.
extern std::string_view const dna_kind;
/// What a list says of one: its first reference number.
casework::Heading heading_of(message::DnaRequest const& request);

} // namespace comity::identification
