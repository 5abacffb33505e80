//! One page of a list.

/// Some records of a query, and where they stand among all.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<M> {
    /// The records of this page.
    pub records: Vec<M>,
    /// The page's number, counted from one.
    pub number: u64,
    /// How many records a page holds.
    pub per_page: u64,
    /// How many records there are on all pages.
    pub total: u64,
}

impl<M> Page<M> {
    /// How many pages there are; at least one.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    /// The number of the page before this one; of the last page, where this one is beyond it.
    pub fn previous(&self) -> Option<u64> {
        (self.number > 1).then(|| (self.number - 1).min(self.pages()))
    }

    /// The number of the page after this one.
    pub fn next(&self) -> Option<u64> {
        (self.number < self.pages()).then(|| self.number + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_from_one_and_the_last_may_be_short() {
        let page = Page::<()> {
            records: Vec::new(),
            number: 2,
            per_page: 10,
            total: 21,
        };
        assert_eq!(
            (page.pages(), page.previous(), page.next()),
            (3, Some(1), Some(3))
        );
        let beyond = Page {
            number: 1000,
            ..page
        };
        assert_eq!((beyond.previous(), beyond.next()), (Some(3), None));
        let empty = Page::<()> {
            records: Vec::new(),
            number: 1,
            per_page: 10,
            total: 0,
        };
        assert_eq!(
            (empty.pages(), empty.previous(), empty.next()),
            (1, None, None)
        );
    }
}
