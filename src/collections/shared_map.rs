//! A map of any size whose versions share what they have in common: a balanced tree of counted nodes.

use std::{borrow::Borrow, cmp::Ordering, fmt, rc::Rc};

/// An ordered map that is cloned in no time. A change copies the nodes from the root to the place of the change, some
/// fourteen of 10,000, where another version still needs them; all the rest is shared.
pub struct SharedMap<K, V> {
    root: Link<K, V>,
    len: usize,
}

type Link<K, V> = Option<Rc<Node<K, V>>>;

/// A node of an AVL tree: the heights of its two sides differ by one at most.
#[derive(Clone)]
struct Node<K, V> {
    key: K,
    value: V,
    height: u8,
    left: Link<K, V>,
    right: Link<K, V>,
}

impl<K, V> Clone for SharedMap<K, V> {
    fn clone(&self) -> Self {
        Self { root: self.root.clone(), len: self.len }
    }
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> SharedMap<K, V> {
    /// Returns a map with nothing in it.
    pub const fn new() -> Self {
        Self { root: None, len: 0 }
    }

    /// Returns how many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Tells whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the entries, by key.
    pub fn iter(&self) -> Iter<'_, K, V> {
        let mut iter = Iter { path: Vec::new() };
        iter.descend(&self.root);
        iter
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Returns the values, by key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Returns how many nodes lie between the root and the deepest leaf, both included.
    #[cfg(test)]
    pub(super) fn height(&self) -> u8 {
        height(&self.root)
    }

    /// Returns what another map has that this one has not, and the other way round, by key. Parts that both share are skipped,
    /// so that the cost follows the number of changes, not the size.
    pub fn diff<'a>(&'a self, other: &'a Self) -> Diff<'a, K, V> {
        Diff { old: stack(&self.root), new: stack(&other.root) }
    }
}

impl<K: Ord, V> SharedMap<K, V> {
    /// Returns the value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut at = self.root.as_deref();
        while let Some(node) = at {
            at = match key.cmp(node.key.borrow()) {
                Ordering::Less => node.left.as_deref(),
                Ordering::Greater => node.right.as_deref(),
                Ordering::Equal => return Some(&node.value),
            };
        }
        None
    }

    /// Tells whether a key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Returns the entries from a key on.
    pub fn from(&self, key: &K) -> Iter<'_, K, V> {
        let mut path = Vec::new();
        let mut at = self.root.as_deref();
        while let Some(node) = at {
            at = if node.key < *key {
                node.right.as_deref()
            } else {
                path.push(node);
                node.left.as_deref()
            };
        }
        Iter { path }
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// Returns a map of one entry.
    pub fn unit(key: K, value: V) -> Self {
        Self { root: leaf(key, value), len: 1 }
    }

    /// Returns the value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        // Looked up first: a key that is not there must not cost a copy of the path.
        if !self.contains_key(key) {
            return None;
        }
        let mut at = &mut self.root;
        while let Some(node) = at {
            let node = Rc::make_mut(node);
            at = match key.cmp(node.key.borrow()) {
                Ordering::Less => &mut node.left,
                Ordering::Greater => &mut node.right,
                Ordering::Equal => return Some(&mut node.value),
            };
        }
        None
    }

    /// Sets a key's value; answers the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let old = insert(&mut self.root, key, value);
        self.len += usize::from(old.is_none());
        old
    }

    /// Takes a key out; answers its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if !self.contains_key(key) {
            return None;
        }
        self.len -= 1;
        remove(&mut self.root, key)
    }
}

fn leaf<K, V>(key: K, value: V) -> Link<K, V> {
    Some(Rc::new(Node { key, value, height: 1, left: None, right: None }))
}

fn height<K, V>(link: &Link<K, V>) -> u8 {
    link.as_ref().map_or(0, |node| node.height)
}

// The depth of the recursion is the tree's height: 1.44 · log2(n), 29 for a million.
fn insert<K: Ord + Clone, V: Clone>(link: &mut Link<K, V>, key: K, value: V) -> Option<V> {
    let Some(rc) = link else {
        *link = leaf(key, value);
        return None;
    };
    let node = Rc::make_mut(rc);
    let old = match key.cmp(&node.key) {
        Ordering::Less => insert(&mut node.left, key, value),
        Ordering::Greater => insert(&mut node.right, key, value),
        Ordering::Equal => return Some(std::mem::replace(&mut node.value, value)),
    };
    balance(rc);
    old
}

fn remove<K: Ord + Clone + Borrow<Q>, V: Clone, Q: Ord + ?Sized>(link: &mut Link<K, V>, key: &Q) -> Option<V> {
    let rc = link.as_mut()?;
    let node = Rc::make_mut(rc);
    let old = match key.cmp(node.key.borrow()) {
        Ordering::Less => remove(&mut node.left, key),
        Ordering::Greater => remove(&mut node.right, key),
        Ordering::Equal => match (node.left.take(), node.right.take()) {
            (None, side) | (side, None) => {
                let old = node.value.clone();
                *link = side;
                return Some(old);
            }
            (left, mut right) => {
                let (key, value) = take_first(&mut right)?;
                (node.left, node.right, node.key) = (left, right, key);
                Some(std::mem::replace(&mut node.value, value))
            }
        },
    };
    balance(rc);
    old
}

fn take_first<K: Clone, V: Clone>(link: &mut Link<K, V>) -> Option<(K, V)> {
    let rc = link.as_mut()?;
    let node = Rc::make_mut(rc);
    if node.left.is_none() {
        let first = (node.key.clone(), node.value.clone());
        *link = node.right.take();
        return Some(first);
    }
    let first = take_first(&mut node.left);
    balance(rc);
    first
}

/// Restores the heights after one side has grown or shrunk by one.
fn balance<K: Clone, V: Clone>(rc: &mut Rc<Node<K, V>>) {
    let node = Rc::make_mut(rc);
    let (left, right) = (height(&node.left), height(&node.right));
    if left > right + 1 {
        if let Some(child) = &mut node.left
            && height(&child.left) < height(&child.right)
        {
            rotate(child, false);
        }
        rotate(rc, true);
    } else if right > left + 1 {
        if let Some(child) = &mut node.right
            && height(&child.right) < height(&child.left)
        {
            rotate(child, true);
        }
        rotate(rc, false);
    } else {
        node.height = left.max(right) + 1;
    }
}

/// Lets the left child (or the right one) take a node's place.
fn rotate<K: Clone, V: Clone>(rc: &mut Rc<Node<K, V>>, left_up: bool) {
    let node = Rc::make_mut(rc);
    let child = if left_up { node.left.take() } else { node.right.take() };
    let Some(mut child) = child else { return };
    let up = Rc::make_mut(&mut child);
    let (inner, outer) = if left_up { (&mut up.right, &mut node.left) } else { (&mut up.left, &mut node.right) };
    *outer = inner.take();
    node.height = height(&node.left).max(height(&node.right)) + 1;
    std::mem::swap(rc, &mut child);
    // `child` is the old top now.
    let up = Rc::make_mut(rc);
    *(if left_up { &mut up.right } else { &mut up.left }) = Some(child);
    up.height = height(&up.left).max(height(&up.right)) + 1;
}

/// The entries of a [`SharedMap`], by key.
pub struct Iter<'a, K, V> {
    path: Vec<&'a Node<K, V>>,
}

impl<'a, K, V> Iter<'a, K, V> {
    fn descend(&mut self, link: &'a Link<K, V>) {
        let mut at = link.as_deref();
        while let Some(node) = at {
            self.path.push(node);
            at = node.left.as_deref();
        }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.path.pop()?;
        self.descend(&node.right);
        Some((&node.key, &node.value))
    }
}

impl<'a, K, V> IntoIterator for &'a SharedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

/// One difference between an older map and a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference<'a, K, V> {
    /// Only the newer map has it.
    Added(&'a K, &'a V),
    /// Only the older map has it.
    Removed(&'a K, &'a V),
    /// Both have it, with these values.
    Changed(&'a K, &'a V, &'a V),
}

/// The differences between two maps, by key.
pub struct Diff<'a, K, V> {
    old: Vec<Part<'a, K, V>>,
    new: Vec<Part<'a, K, V>>,
}

/// The part of a map that is still to be compared: the whole tree below a node, or its entry alone.
enum Part<'a, K, V> {
    Tree(&'a Node<K, V>),
    Entry(&'a Node<K, V>),
}

impl<K, V> Clone for Part<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Part<'_, K, V> {}

fn stack<K, V>(root: &Link<K, V>) -> Vec<Part<'_, K, V>> {
    root.iter().map(|node| Part::Tree(node)).collect()
}

/// Replaces the tree on top by its left side, its entry and its right side.
fn open<'a, K, V>(stack: &mut Vec<Part<'a, K, V>>, node: &'a Node<K, V>) {
    stack.pop();
    stack.extend(node.right.as_deref().map(Part::Tree));
    stack.push(Part::Entry(node));
    stack.extend(node.left.as_deref().map(Part::Tree));
}

impl<'a, K: Ord, V: PartialEq> Iterator for Diff<'a, K, V> {
    type Item = Difference<'a, K, V>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (a, b) = match (self.old.last().copied(), self.new.last().copied()) {
                (Some(Part::Tree(a)), Some(Part::Tree(b))) if std::ptr::eq(a, b) => {
                    self.old.pop();
                    self.new.pop();
                    continue;
                }
                // The taller tree is opened first, so that what both share comes to lie on top of both at once.
                (Some(Part::Tree(a)), Some(Part::Tree(b))) if a.height < b.height => {
                    open(&mut self.new, b);
                    continue;
                }
                (Some(Part::Tree(a)), _) => {
                    open(&mut self.old, a);
                    continue;
                }
                (_, Some(Part::Tree(b))) => {
                    open(&mut self.new, b);
                    continue;
                }
                (Some(Part::Entry(a)), Some(Part::Entry(b))) => match a.key.cmp(&b.key) {
                    Ordering::Less => (Some(a), None),
                    Ordering::Greater => (None, Some(b)),
                    Ordering::Equal => (Some(a), Some(b)),
                },
                (Some(Part::Entry(a)), None) => (Some(a), None),
                (None, Some(Part::Entry(b))) => (None, Some(b)),
                (None, None) => (None, None),
            };
            if a.is_some() {
                self.old.pop();
            }
            if b.is_some() {
                self.new.pop();
            }
            match (a, b) {
                (Some(a), Some(b)) if a.value == b.value => {}
                (Some(a), Some(b)) => return Some(Difference::Changed(&a.key, &a.value, &b.value)),
                (Some(a), None) => return Some(Difference::Removed(&a.key, &a.value)),
                (None, Some(b)) => return Some(Difference::Added(&b.key, &b.value)),
                (None, None) => return None,
            }
        }
    }
}

impl<K: Ord, V: PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.diff(other).next().is_none()
    }
}

impl<K: Ord, V: Eq> Eq for SharedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K, V> fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

impl<K, V> fmt::Debug for Diff<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Diff")
    }
}
