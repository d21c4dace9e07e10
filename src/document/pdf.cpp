#include "document/flow.h"

#include <cairo-pdf.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <set>

namespace comity::document {
namespace {

struct PlacedStrip {
    Strip strip;
    double y = 0;
};
using Page = std::vector<PlacedStrip>;

/// Strips onto pages.
class Paginator {
public:
    Result<std::vector<Page>> place(std::vector<Strip> strips, std::size_t pages_max)
    {
        for (std::size_t begin = 0; begin < strips.size();) {
            auto end = begin;
            while (end + 1 < strips.size() && strips[end].keep) ++end;
            place_group(strips, begin, end + 1);
            if (pages_.size() > pages_max)
                return Error { Error::Kind::too_large,
                    fmt::format("the document has more than {} pages", pages_max) };
            begin = end + 1;
        }
        return std::move(pages_);
    }

private:
    /// Strips that belong on one page; where no page is high enough they break like others.
    void place_group(std::vector<Strip>& strips, std::size_t begin, std::size_t end)
    {
        double height = 0;
        for (auto i = begin; i < end; ++i)
            height += strips[i].height + (i == begin && y_ == page::top ? 0 : strips[i].gap);
        if (y_ + height > page::bottom) turn(strips[begin]);
        for (auto i = begin; i < end; ++i) {
            if (y_ + strips[i].gap + strips[i].height > page::bottom) turn(strips[i]);
            put(std::move(strips[i]));
        }
    }

    void turn(Strip const& next)
    {
        if (y_ == page::top) return;
        pages_.emplace_back();
        y_ = page::top;
        if (next.titles)
            for (auto const& title : *next.titles) put(title);
    }

    void put(Strip strip)
    {
        if (y_ > page::top) y_ += strip.gap;
        auto const height = strip.height;
        pages_.back().push_back({ std::move(strip), y_ });
        y_ += height;
    }

    std::vector<Page> pages_ { 1 };
    double y_ = page::top;
};

struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

cairo_status_t append(void* bytes, unsigned char const* data, unsigned int length)
{
    auto* const out = static_cast<Bytes*>(bytes);
    out->insert(out->end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

std::string number_of(std::string pattern, std::size_t number, std::size_t count)
{
    auto const fill = [&](std::string_view name, std::size_t value) {
        if (auto const at = pattern.find(name); at != pattern.npos)
            pattern.replace(at, name.size(), std::to_string(value));
    };
    fill("{page}", number);
    fill("{pages}", count);
    return pattern;
}

class Painter {
public:
    Painter(Document const& document, Typesetter const& typesetter, Bytes& out)
        : document_(document)
        , typesetter_(typesetter)
        , surface_(cairo_pdf_surface_create_for_stream(append, &out, page::width, page::height))
        , cairo_(cairo_create(surface_.get()))
    {
        describe(CAIRO_PDF_METADATA_TITLE, clean(document.title));
        describe(CAIRO_PDF_METADATA_AUTHOR, clean(document.author));
        describe(CAIRO_PDF_METADATA_CREATOR, "Comity");
        describe(CAIRO_PDF_METADATA_CREATE_DATE,
            fmt::format("{:%FT%TZ}", std::chrono::floor<std::chrono::seconds>(document.created)));
    }

    void paint(std::vector<Page> const& pages)
    {
        for (std::size_t i = 0; i < pages.size(); ++i) {
            number_ = i + 1;
            running(pages.size());
            for (auto const& each : pages[i]) paint(each);
            cairo_show_page(cairo_.get());
        }
    }

    Result<void> finish()
    {
        cairo_surface_finish(surface_.get());
        for (auto const status :
            { cairo_status(cairo_.get()), cairo_surface_status(surface_.get()) })
            if (status != CAIRO_STATUS_SUCCESS)
                return Error { Error::Kind::unavailable,
                    fmt::format(
                        "the document cannot be drawn: {}", cairo_status_to_string(status)) };
        return {};
    }

private:
    void describe(cairo_pdf_metadata_t what, std::string const& text)
    {
        if (!text.empty()) cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
    }

    void grey(double shade) { cairo_set_source_rgb(cairo_.get(), shade, shade, shade); }

    void running(std::size_t count)
    {
        constexpr Face face { .size = 7.5, .faint = true };
        auto const width = page::right - page::left;
        auto const put = [&](std::string const& text, double x, double room, double baseline,
                             bool right = false) {
            auto const set = typesetter_.set({ text }, face, room);
            auto* const only = pango_layout_get_line_readonly(set->layout.get(), 0);
            PangoRectangle size;
            pango_layout_line_get_extents(only, nullptr, &size);
            auto const width_set = pango_units_to_double(size.width);
            line({ set, only, right ? x + room - width_set : x, 0, 0 }, baseline);
        };
        put(document_.header, page::left, width, page::header_baseline);
        rule({ page::left, page::header_baseline + 6, width });
        put(document_.footer, page::left, width - 80, page::footer_baseline);
        put(number_of(document_.page_number, number_, count), page::right - 70, 70,
            page::footer_baseline, true);
    }

    void paint(PlacedStrip const& placed)
    {
        auto const& [strip, y] = placed;
        if (strip.ground != Ground::none) ground(strip, y);
        if (strip.opens) outline(document_.title, 0, y);
        if (strip.heading) mark(*strip.heading, y);
        for (auto const& each : strip.rules) rule({ each.x, y + each.y, each.width, each.strong });
        for (auto const& each : strip.lines) {
            line(each, y + each.baseline);
            for (auto const& leading : each.text->links) lead(each, leading, y);
        }
    }

    void ground(Strip const& strip, double y)
    {
        auto* const cairo = cairo_.get();
        auto const width = page::right - page::left;
        bool const warning = strip.ground == Ground::warning;
        if (warning)
            cairo_set_source_rgb(cairo, 1, 0.96, 0.88);
        else
            grey(0.955);
        // Strips of one ground touch; a hair more keeps viewers from showing the seam.
        cairo_rectangle(cairo, page::left, y, width, strip.height + 0.15);
        cairo_fill(cairo);
        if (!warning) return;
        cairo_set_source_rgb(cairo, 0.7, 0.4, 0);
        cairo_rectangle(cairo, page::left, y, 3, strip.height + 0.15);
        cairo_fill(cairo);
    }

    void rule(Rule const& rule)
    {
        auto* const cairo = cairo_.get();
        grey(rule.strong ? 0.2 : 0.78);
        cairo_set_line_width(cairo, 0.6);
        cairo_move_to(cairo, rule.x, rule.y);
        cairo_line_to(cairo, rule.x + rule.width, rule.y);
        cairo_stroke(cairo);
    }

    void line(PlacedLine const& placed, double baseline)
    {
        grey(0.08);
        cairo_move_to(cairo_.get(), placed.x, baseline);
        pango_cairo_show_layout_line(cairo_.get(), placed.line);
    }

    void mark(Heading const& heading, double y)
    {
        std::string text;
        for (auto const& run : heading.text.runs) text += clean(run.text);
        outline(text, std::clamp(heading.level, 1, 3), y);
        auto const place = place_of(heading.place);
        if (place.empty()) return;
        auto const attributes = fmt::format("name='{}' x={:.2f} y={:.2f}", place, page::left, y);
        cairo_tag_begin(cairo_.get(), CAIRO_TAG_DEST, attributes.c_str());
        cairo_tag_end(cairo_.get(), CAIRO_TAG_DEST);
    }

    /// Under the nearest entry of a lower level, the title at last.
    void outline(std::string const& text, int level, double y)
    {
        parents_.erase(parents_.lower_bound(level), parents_.end());
        auto const parent = parents_.empty() ? CAIRO_PDF_OUTLINE_ROOT : parents_.rbegin()->second;
        auto const attributes = fmt::format("page={} pos=[{:.2f} {:.2f}]", number_, page::left, y);
        auto const flags = level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t {};
        parents_[level] = cairo_pdf_surface_add_outline(
            surface_.get(), parent, text.c_str(), attributes.c_str(), flags);
    }

    void lead(PlacedLine const& placed, SetText::Leading const& leading, double y)
    {
        auto* const line = placed.line;
        auto const begin = std::max(leading.begin, line->start_index);
        auto const end = std::min(leading.end, line->start_index + line->length);
        if (begin >= end) return;
        int* ranges = nullptr; // pairs of left and right
        int count = 0;
        pango_layout_line_get_x_ranges(line, begin, end, &ranges, &count);
        for (auto const* pair = ranges; pair != ranges + ptrdiff_t { 2 } * count; pair += 2) {
            auto const x = placed.x + pango_units_to_double(pair[0]);
            auto const width = pango_units_to_double(pair[1] - pair[0]);
            auto const attributes = fmt::format("{} rect=[{:.2f} {:.2f} {:.2f} {:.2f}]",
                address(leading.link), x, y, width, placed.height);
            cairo_tag_begin(cairo_.get(), CAIRO_TAG_LINK, attributes.c_str());
            cairo_tag_end(cairo_.get(), CAIRO_TAG_LINK);
        }
        g_free(ranges);
    }

    // Cairo 1.16 cannot write links to files; an address relative to this one says the same.
    static std::string address(Link const& link)
    {
        auto const place = place_of(link.place);
        if (link.document.empty())
            return place.empty() ? std::string { "page=1" } : fmt::format("dest='{}'", place);
        auto const at = place.empty() ? "" : "#nameddest=" + place;
        return fmt::format("uri='{}.pdf{}'", place_of(link.document), at);
    }

    Document const& document_;
    Typesetter const& typesetter_;
    std::unique_ptr<cairo_surface_t, Destroy> surface_;
    std::unique_ptr<cairo_t, Destroy> cairo_;
    std::map<int, int> parents_; ///< By level, the newest entry of the outline.
    std::size_t number_ = 0;
};

/// Every text of a document, whatever holds it.
template <class Function> void for_each_text(Document const& document, Function const& function)
{
    for (auto const& block : document.blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) function(heading->text);
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) function(paragraph->text);
        if (auto const* note = std::get_if<Note>(&block)) function(note->text);
        if (auto const* list = std::get_if<List>(&block))
            for (auto const& item : list->items) function(item);
        if (auto const* particulars = std::get_if<Particulars>(&block))
            for (auto const& each : particulars->all) function(each.value);
        if (auto const* table = std::get_if<Table>(&block))
            for (auto const& row : table->rows)
                for (auto const& cell : row) function(cell);
    }
}

Result<void> check_places(Document const& document)
{
    std::set<std::string> places;
    for (auto const& block : document.blocks) {
        auto const* heading = std::get_if<Heading>(&block);
        if (!heading || heading->place.empty()) continue;
        if (!places.insert(place_of(heading->place)).second)
            return Error { Error::Kind::malformed,
                fmt::format("two headings are the place {}", heading->place) };
    }
    std::string lost;
    for_each_text(document, [&](Text const& text) {
        for (auto const& run : text.runs)
            if (run.link && run.link->document.empty() && !run.link->place.empty()
                && !places.contains(place_of(run.link->place)))
                lost = run.link->place;
    });
    if (lost.empty()) return {};
    return Error { Error::Kind::malformed,
        fmt::format("a link leads to {}, no heading does", lost) };
}

} // namespace

Result<Bytes> pdf(Document const& document, std::size_t pages_max)
{
    TRY(check_places(document));
    Typesetter const typesetter { document.language };
    auto strips = TRY(flow(typesetter, document, pages_max));
    auto const pages = TRY(Paginator {}.place(std::move(strips), pages_max));
    Bytes out;
    Painter painter { document, typesetter, out };
    painter.paint(pages);
    TRY(painter.finish());
    return out;
}

} // namespace comity::document
